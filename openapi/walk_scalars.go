package openapi

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// text judges lengths (in characters), pattern and format of a string. The string
// itself is never quoted: it may be a password.
func (w *walker) text(s *schema, v string) {
	if s.minLength > 0 || s.maxLength != nil {
		w.size(utf8.RuneCountInString(v), s.minLength, s.maxLength, "character")
	}
	if s.pattern != nil && !s.pattern.MatchString(v) {
		w.violation("must match the pattern " + s.pattern.String())
	}
	if s.format != nil && !s.format.MatchString(v) {
		w.violation("must match the pattern " + s.format.String())
	}
}

// number judges bounds, and of integers that they are.
func (w *walker) number(s *schema, n json.Number) {
	f, err := n.Float64()
	if err != nil {
		w.violation("is out of the range of numbers")
		return
	}
	if s.kind == kindInteger && !w.integer(s, n) {
		return
	}
	if s.minimum != nil && (f < *s.minimum || s.exclMin && f == *s.minimum) {
		w.violation(bound("at least", "more than", s.exclMin) + " " + shortest(*s.minimum))
	}
	if s.maximum != nil && (f > *s.maximum || s.exclMax && f == *s.maximum) {
		w.violation(bound("at most", "less than", s.exclMax) + " " + shortest(*s.maximum))
	}
}

// integer judges whether n is whole and fits. A whole number with a fraction or an
// exponent is valid JSON Schema, but typed clients stop at it.
func (w *walker) integer(s *schema, n json.Number) bool {
	digits, whole := wholeNumber(string(n))
	if !whole {
		w.violation("must be an integer")
		return false
	}
	if _, err := strconv.ParseInt(digits, 10, s.bits); err != nil {
		w.violation(fmt.Sprintf("does not fit into %d bits", s.bits))
		return false
	}
	if digits != string(n) && !w.coerce {
		w.report(Deviation, "is an integer written with a fraction or an exponent")
	}
	return true
}

// maxExponent is about what a float64 can hold; numbers beyond it are refused.
const maxExponent = 400

// wholeNumber returns the plain digits of a whole number, exactly: 2 for 2.0, 120 for
// 1.2e2.
func wholeNumber(n string) (digits string, whole bool) {
	if !strings.ContainsAny(n, ".eE") {
		return n, true
	}
	mantissa, power, _ := strings.Cut(strings.ToLower(n), "e")
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	before, after, _ := strings.Cut(mantissa, ".")
	exponent := 0
	if power != "" {
		var err error
		if exponent, err = strconv.Atoi(power); err != nil || exponent > maxExponent || exponent < -maxExponent {
			return "", false
		}
	}
	digits, point := before+after, len(before)+exponent
	if missing := point - len(digits); missing > 0 {
		digits += strings.Repeat("0", missing)
	}
	point = max(point, 0)
	if strings.Trim(digits[point:], "0") != "" {
		return "", false
	}
	digits = strings.TrimLeft(digits[:point], "0")
	if digits == "" {
		return "0", true
	}
	return sign + digits, true
}

func bound(inclusive, exclusive string, excluded bool) string {
	if excluded {
		return "must be " + exclusive
	}
	return "must be " + inclusive
}

// shortest writes a number of the document: 1, 0.5.
func shortest(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// size judges a count of things. Bounds of 0 and nil say nothing.
func (w *walker) size(n, least int, most *int, thing string) {
	if n < least {
		w.violation(fmt.Sprintf("must have at least %s, has %d", count(least, thing), n))
	}
	if most != nil && n > *most {
		w.violation(fmt.Sprintf("must have at most %s, has %d", count(*most, thing), n))
	}
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// described names what was found in place of another type.
func described(v any) string {
	if v == nil {
		return "null"
	}
	return withArticle(kindOf(v))
}
