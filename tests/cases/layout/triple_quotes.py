# Strings over several lines.
# python: >=3.11
x = """
if this:
    is no code
"""
y = f"""
{x}
{
    x
}
"""
if """
""":
    z = 1
