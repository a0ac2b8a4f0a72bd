package show

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/value"
)

// Line is a text on one line, with everything that a terminal would act on written as an escape.
func Line(s string) string { return value.Printable(s, "") }

// Block is a text whose lines and tabs stay, with everything else that a terminal would act on written as an escape.
func Block(s string) string { return value.Printable(strings.ReplaceAll(s, "\r\n", "\n"), "\n\t") }

// Cut is at most n characters of a text; what is left out is said in the end.
func Cut(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return fmt.Sprintf("%s … (%s)", string(runes[:n]), Count(len(runes)-n, "more character"))
}
