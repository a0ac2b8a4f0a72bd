package value

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
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

// longest is how long a word may be, in bytes, to be worth the effort.
const longest = 64

// Nearest is the name that word was most likely meant to be, "" if none is close.
func Nearest(word string, names []string) string {
	if len(word) > longest {
		return ""
	}
	best, least := "", len(word)/3+2
	for _, name := range slices.Sorted(slices.Values(names)) {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}
