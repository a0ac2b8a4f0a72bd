package value

import (
	"slices"
	"strings"
)

// maxAllowed bounds the names that a hint lists.
const maxAllowed = 12

// Hint completes a refusal of a name: the nearest of the allowed ones, or all of them if there are few and none is near.
func Hint(word string, names []string) string {
	if name := Nearest(word, names); name != "" {
		return `did you mean "` + name + `"?`
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(names)))
	switch {
	case len(sorted) == 0:
		return "there is none"
	case len(sorted) > maxAllowed:
		return "none of the names is near"
	}
	return "there are: " + strings.Join(sorted, ", ")
}

// Nearest is the name that word was most likely meant to be, "" if none is close.
func Nearest(word string, names []string) string {
	best, least := "", len(word)/3+2
	for _, name := range slices.Sorted(slices.Values(names)) {
		if d := distance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of insertions, deletions and replacements of bytes between a and b; long words are not worth
// the effort and count as far apart.
func distance(a, b string) int {
	const longest = 64
	if len(a) > longest || len(b) > longest {
		return longest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
