package report

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tenantry/tenantry/contracttest/value"
)

// forms are the ways in which a secret may stand in a text: as it is, inside a URL, a form, a JSON text, a page, and in
// base64, also behind the id of a client as in the scheme Basic.
func forms(secret string) []string {
	query := url.QueryEscape(secret)
	all := []string{
		secret, html.EscapeString(secret),
		query, strings.ReplaceAll(query, "+", "%20"), strings.NewReplacer("+", "%20", "%2F", "/").Replace(query), url.PathEscape(secret), (&url.URL{Path: "/" + secret}).EscapedPath()[1:],
	}
	for _, form := range all[2:] {
		all = append(all, percent.ReplaceAllStringFunc(form, strings.ToLower))
	}
	all = append(all, inJSON(secret)...)
	for _, form := range []string{secret, query} {
		all = append(all, inBase64(form)...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(form string) bool { return len(form) < shortest })
}

var percent = regexp.MustCompile(`%[0-9A-F]{2}`)

// inJSON are the ways to write a text inside the quotes of JSON: with as few escapes as can be, with those of Go, of PHP, and in
// ASCII; and the first one once more inside a text.
func inJSON(secret string) []string {
	least := unquoted(value.Encode(secret))
	careful, _ := json.Marshal(secret) // a text has no other outcome
	var ascii strings.Builder
	for _, r := range least {
		switch {
		case r < utf8.RuneSelf:
			ascii.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&ascii, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&ascii, `\u%04x`, r)
		}
	}
	return []string{
		least, unquoted(careful), ascii.String(), strings.ReplaceAll(ascii.String(), "/", `\/`), strings.ReplaceAll(least, "/", `\/`),
		unquoted(value.Encode(least)), unquoted(value.Encode(ascii.String())),
	}
}

func unquoted(text []byte) string { return string(text[1 : len(text)-1]) }

// inBase64 is what does not depend on the neighbours of a text when it is encoded with them: it may begin at each third byte.
func inBase64(text string) []string {
	var all []string
	for before, shared := range []int{0, 2, 3} { // characters that hold bits of what stands before it
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + text))
		if (before+len(text))%3 != 0 {
			encoded = encoded[:len(encoded)-1] // it holds bits of what follows
		}
		if encoded = encoded[min(shared, len(encoded)):]; len(encoded) >= shortest {
			all = append(all, encoded, strings.NewReplacer("+", "-", "/", "_").Replace(encoded))
		}
	}
	return all
}
