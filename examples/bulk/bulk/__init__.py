"""Carries one action out for every user of a CSV file: checked, paced, journaled, and safe to resume."""
