# A comprehension whose loop is never entered.
# python: >=3.11
xs = [
    undefined
    for x in ()
]
