"""The ids of the branches that every instance has."""

TRASH, ARCHIVE, MAIN = -1, 0, 1
