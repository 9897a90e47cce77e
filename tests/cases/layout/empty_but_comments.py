# A file of comments has no statements.
# python: >=3.11

# nothing
