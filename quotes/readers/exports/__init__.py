"""Exports of media archives (Nexis, Factiva, ProQuest), as text: where each document begins and ends, and which of its lines are fields."""
