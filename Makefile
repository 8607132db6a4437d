# make demo: a LaminDB-style instance with example data, served over GraphQL on this machine.
# make test: every check, as continuous integration runs them.
# make lamindb: whether the real LaminDB shows what LNQL has written; it is installed beside, in half a minute.
# make bench: LNQL beside hand-written SQL on 100,000 artifacts, into tests/benchmarks/RESULTS.md. Some ten minutes the first time.
VENV ?= .venv
PORT ?= 8000
PINS := pyproject.toml .ci/constraints.txt .ci/venv .ci/install

.PHONY: demo test lamindb bench lock
.DELETE_ON_ERROR:

demo: demo/.lamindb/lamin.db
	@$(VENV)/bin/python -m lnql.graph.fetch_assets || true
	@$(VENV)/bin/lnql serve demo --port $(PORT)

demo/.lamindb/lamin.db: | $(VENV)/.installed-demo
	@$(VENV)/bin/lnql demo demo

test: $(VENV)/.installed-test
	@.ci/check $(VENV)

lamindb: build/lamindb/.installed $(VENV)/.installed-test
	@.ci/types
	@LNQL_LAMINDB_PYTHON=$(CURDIR)/build/lamindb/bin/python $(VENV)/bin/pytest --quiet -rs tests/lamindb

bench: $(VENV)/.installed-test
	@$(VENV)/bin/python -m tests.benchmarks.run

lock: $(VENV)/.installed-test  # newer versions: rm .ci/constraints.txt && make lock
	@$(VENV)/bin/pip-compile --quiet --all-extras --strip-extras --no-annotate --no-header --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --output-file .ci/constraints.txt pyproject.toml

$(VENV)/.installed-demo: $(PINS)
	@.ci/venv $(VENV) server,$(if $(shell command -v npm),demo,demo,graphiql)
	@touch $@

$(VENV)/.installed-test: $(PINS)
	@.ci/venv $(VENV) server,postgres,otel,demo,test
	@touch $@

build/lamindb/.installed: .ci/lamindb.txt | $(VENV)/.installed-test
	@$(VENV)/bin/python -m venv build/lamindb
	@.ci/install build/lamindb --constraint .ci/lamindb.txt lamindb bionty
	@touch $@
