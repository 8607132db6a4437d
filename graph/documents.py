"""Documents: parsed, measured and validated once, then found again by their text."""

from collections.abc import Hashable, Mapping, Sequence

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    TokenKind,
    specified_rules,
    validate,
)
from graphql.language.parser import Parser
from graphql.validation import OverlappingFieldsCanBeMergedRule, ValidationContext
from graphql.validation.validate import ValidationAbortedError
from msgspec import Struct, field

from lnql.errors import InvalidError, TooComplexError

from .cache import Cache
from .limits import Cost, check, require
from .placeholders import FreeScalars
from .plan import Node
from .settings import Limits

OVERLAP_BUDGET = 20_000
"""Steps that comparing fields of one response key may take: 0.1 s. graphql-core's own budget, 500,000, is 2.5 s."""


class InvalidDocumentError(InvalidError):
    """A document with a syntax error, without the operation that was asked for, or that does not fit the schema.

    `errors` are graphql-core's, with their places in the document.
    """

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


class Document(Struct, frozen=True, eq=False):
    """One operation that may run: within the limits and valid for the schema."""

    text: str
    ast: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    cost: Cost
    free: FreeScalars
    planned: dict[Hashable, Node] = field(default_factory=dict)
    """What is selected of rows and is always the same: it depends on no variable."""

    @property
    def is_query(self) -> bool:
        """Whether it only reads."""
        return self.operation.operation is OperationType.QUERY

    @property
    def name(self) -> str | None:
        """The name of the operation, if it has one."""
        return self.operation.name.value if self.operation.name else None


class DocumentCache:
    """The documents of one schema, by text and operation name; the `size` that were used last are kept."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, size: int = 256) -> None:
        self._schema = schema
        self._limits = limits
        self._documents: Cache[tuple[str, str | None], Document] = Cache(size)

    def get(self, text: str, operation_name: str | None = None) -> Document:
        """The document of a text and the name of its operation, which may be left out where there is one.

        Raises:
            InvalidDocumentError: for a syntax error, an unknown operation, or a document that does not fit the schema.
            InvalidError: for a cycle of fragments, or a NUL character in a string.
            TooComplexError: beyond a limit.
        """
        key = (text, operation_name)
        return self._documents.get(key) or self._documents.put(key, self._read(*key))

    def check(self, text: str) -> tuple[DocumentNode, dict[str | None, Cost]]:
        """The tree of a text and the cost of each of its operations; raises what `get` raises for what is wrong."""
        ast = parse(text, self._limits)
        costs = check(ast, self._limits)
        validate_document(self._schema, ast, self._limits)
        return ast, costs

    def _read(self, text: str, operation_name: str | None) -> Document:
        ast, costs = self.check(text)
        operation = find_operation(ast, operation_name)
        cost = costs[operation.name.value if operation.name else None]
        fragments = {node.name.value: node for node in ast.definitions if isinstance(node, FragmentDefinitionNode)}
        return Document(text, ast, operation, fragments, cost, FreeScalars(self._schema, operation))


def parse(text: str, limits: Limits) -> DocumentNode:
    """The syntax tree of a document.

    Raises:
        InvalidDocumentError: for a syntax error.
        InvalidError: for a NUL character in a string, which no database stores.
        TooComplexError: for too many characters or tokens, or nesting that no limit on depth would let through.
    """
    require(len(text), limits.document_characters, "The document has {found} characters", "Pass values as variables.")
    parser = Parser(text, max_lexical_tokens=limits.document_tokens, max_comments=limits.document_tokens)
    try:
        ast = parser.parse_document()
    except RecursionError:
        ast = None  # what raised it is let go of before it is answered: its traceback holds a thousand frames
    except GraphQLSyntaxError as error:
        if parser.token_count > limits.document_tokens:  # reading stopped there
            raise TooComplexError(f"The document has more than {limits.document_tokens:,} tokens.") from None
        raise InvalidDocumentError([error]) from None
    if ast is None:
        raise TooComplexError("The document is nested too deeply to be read.", hint="Pass deep values as variables.")
    _refuse_nul(text, ast)
    return ast


def _refuse_nul(text: str, ast: DocumentNode) -> None:
    if "\0" not in text and "\\u" not in text:
        return
    token = ast.loc.start_token if ast.loc else None
    while token:
        if token.kind in (TokenKind.STRING, TokenKind.BLOCK_STRING) and "\0" in (token.value or ""):
            raise InvalidError(f"The string at line {token.line}, column {token.column} holds a NUL character.")
        token = token.next


class BudgetedOverlapRule(OverlappingFieldsCanBeMergedRule):
    """graphql-core's rule that fields of one response key must agree, with a smaller budget."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = OVERLAP_BUDGET


RULES = [BudgetedOverlapRule if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules]


def validate_document(schema: GraphQLSchema, ast: DocumentNode, limits: Limits) -> None:
    """Refuse a document that does not fit the schema.

    Raises:
        InvalidDocumentError: with at most `limits.errors` errors; the last one says if there are more.
        TooComplexError: for fields that take too long to compare.
    """
    errors = validate(schema, ast, RULES, max_errors=limits.errors - 1)
    if errors and isinstance(errors[-1], ValidationAbortedError) and len(errors) < limits.errors:
        raise TooComplexError(
            f"Comparing the fields that share a response key takes more than {OVERLAP_BUDGET:,} steps.",
            hint="Select each field once, or give aliases.",
        )
    if errors:
        raise InvalidDocumentError(errors)


def find_operation(ast: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of that name, or the only one.

    Raises:
        InvalidDocumentError: where there is none, or where a name is needed.
    """
    operations = [node for node in ast.definitions if isinstance(node, OperationDefinitionNode)]
    chosen = [node for node in operations if name is None or (node.name and node.name.value == name)]
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(node.name.value for node in operations if node.name) or "none that has a name"
    wrong = "operationName is missing" if name is None else f"There is no operation {name!r}"
    raise InvalidDocumentError([GraphQLError(f"{wrong}; the document has {names}.")])
