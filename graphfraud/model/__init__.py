"""The words of the field as data: canonical tables, result tables, keys and money."""
