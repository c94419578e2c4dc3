"""English time expressions: words → classes → a grammar's matches → what they say → TIMEX3 values.

No stage but what two of them share: `read` finds the times of an article with it, `compare` resolves again what only
the other articles of a story can date. It knows nothing of parses and speakers, and imports no stage.
"""
