"""Random programs and mutated source: facts that must agree, and an analyser that must not fall.

`python -m tools.fuzz` writes programs that know their own path (see `logbook`), runs each of them
under every event source of this interpreter, and compares what was recorded and what the analysis
made of it with the truth. `python -m tools.fuzz --hostile` feeds the analyser mutated files.
"""
