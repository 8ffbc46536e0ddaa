"""What a run is worth, and where that is written: verdict, gradebook, feedback, report, exports.

Outcomes enter as facts and stay facts; they become sentences where somebody reads them. What
students' code showed is made harmless before it is on a page, and nothing of a hidden test
is in what a student gets.
"""
