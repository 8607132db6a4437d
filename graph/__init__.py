"""The server: from registries to a schema, to one SQL statement, to HTTP."""
