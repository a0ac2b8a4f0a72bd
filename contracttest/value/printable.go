package value

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable is a text with everything that a terminal would act on written as an escape, but for the characters to keep. It
// is for texts from a target, which nobody vouches for.
func Printable(s, keep string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	if strings.IndexFunc(s, acts) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if acts(r) && !strings.ContainsRune(keep, r) {
			b.WriteString(escaped(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// acts tells whether a character does something instead of being shown: control characters, those that order text from
// right to left, and the separators that some readers take for an end of line.
func acts(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func escaped(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
