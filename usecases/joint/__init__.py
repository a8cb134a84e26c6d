"""Proposals to treat many small deviations as one large, and suppliers that are red in two places: answered by people."""
