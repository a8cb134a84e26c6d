"""The checklist of a follow-up: templates, the questions one session asks, what was answered and what it leads to."""
