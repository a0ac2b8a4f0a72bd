package match

import "strings"

// glob reports whether the whole text fits the pattern: * is any run of characters, ? is one, the rest is itself.
func glob(pattern, text string) bool {
	p, t := 0, 0
	star, from := -1, 0 // the last * and where the run that it stands for ends
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0: // let the run take one character more
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// alternatives splits a list at its commas, without blanks around them.
func alternatives(list string) []string {
	parts := strings.Split(list, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
