# A try in the body of a class.
# python: >=3.11
class C:
    try:
        import nothing_of_that_name
    except ImportError:
        nothing = None
