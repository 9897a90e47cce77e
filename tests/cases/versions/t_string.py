# A template over several lines is one statement.
# python: >=3.14
name = "x"
one = t"hello {name}"
two = t"""
{name} and
{
    name
    + name
}
"""
three = 1
