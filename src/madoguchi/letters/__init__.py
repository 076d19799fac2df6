"""What to say: facts and the house's wording become a `Letter`, and a letter becomes text, HTML or PDF.

A letter is three things: a model of its facts, its words in ``templates/<name>.yaml``, and a function ``make``.
"""
