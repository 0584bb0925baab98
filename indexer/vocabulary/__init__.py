"""What Tifa knows beforehand, as data that can be read and extended without programming.

regions.csv  regions.py   administrative divisions, GB/T 2260, and zones beside it
topics.toml  topics.py    subjects of reports, each with its terms and examples
kinds.toml   kinds.py     kinds of documents: how titles end, whose year counts
national.txt              bodies that speak for the whole country
not_places.txt            words that hold a place's name and do not mean the place
folding.tsv               what each character becomes when text is matched
words.txt    words.py     administrative and policy terms that are words beside jieba's
"""
