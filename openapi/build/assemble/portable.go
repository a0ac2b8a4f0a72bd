package assemble

import "strings"

// needful are the characters whose escape ECMA-262 knows in patterns with the flag u, which
// validators set. It refuses the escape of any other punctuation.
const needful = `^$\.*+?()[]{}|/`

// portable drops the escapes that a pattern does not need. It matches what it matched.
func portable(pattern string) string {
	var b strings.Builder
	class, escaped := false, false
	for _, c := range pattern {
		switch {
		case escaped:
			if !needless(c, class) {
				b.WriteByte('\\')
			}
			escaped = false
		case c == '\\':
			escaped = true
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		}
		b.WriteRune(c)
	}
	return b.String()
}

// needless tells whether a character stands for itself without an escape. Within brackets a hyphen does not.
func needless(c rune, class bool) bool {
	letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	return !letter && c < 0x80 && !strings.ContainsRune(needful, c) && (c != '-' || !class)
}
