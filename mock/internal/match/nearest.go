package match

import "strings"

// Nearest is the known name that the word is most likely a misspelling of, or "" where none is near. Case does not count.
func Nearest(word string, known []string) string {
	best, least := "", max(2, len(word)/2)+1
	for _, name := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(name), least); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of characters to insert, remove or replace to make b of a, or limit where it is not less.
func distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next := min(row[j+1]+1, row[j]+1, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return min(row[len(b)], limit)
}

func abs(n int) int { return max(n, -n) }

// meant completes a refusal by what was probably meant.
func meant(word string, known []string) string {
	if name := Nearest(word, known); name != "" {
		return ": did you mean " + name + "?"
	}
	return ""
}
