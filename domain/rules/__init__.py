"""The parts of the rule set: each module holds the values of one or two rule files and reads them."""
