package match

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest is the known name that the word is most likely a misspelling of, or "" where none is near. Case does not count.
func Nearest(word string, known []string) string {
	best, least := "", max(2, len(word)/2)+1
	for _, name := range known {
		if d := len(name) - len(word); d >= least || -d >= least {
			continue // too far apart whatever they say
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// meant completes a refusal by what was probably meant.
func meant(word string, known []string) string {
	if name := Nearest(word, known); name != "" {
		return ": did you mean " + name + "?"
	}
	return ""
}
