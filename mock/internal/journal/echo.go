package journal

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Echo finds the secrets of a request in what is said about it.
type Echo struct{ secrets []string }

// shortestEcho is the length from which on a value is looked for: shorter ones occur by chance.
const shortestEcho = 4

// maxEchoes is how many values are looked for one by one; no client sends so many.
const maxEchoes = 64

// Echoes gathers the secrets of a request.
func Echoes(h http.Header, rawQuery, mediaType string, body []byte) *Echo {
	e := &Echo{}
	for _, name := range []string{"Authorization", "Proxy-Authorization"} {
		for _, value := range h[name] {
			e.credentials(value)
		}
	}
	for _, value := range h["Cookie"] {
		for part := range strings.SplitSeq(value, ";") {
			_, secret, ok := strings.Cut(strings.TrimSpace(part), "=")
			if !ok {
				secret = part
			}
			e.add(secret)
		}
	}
	e.form([]byte(rawQuery))
	switch {
	case len(body) == 0:
	case strings.HasPrefix(mediaType, "application/x-www-form-urlencoded"):
		e.form(body)
	default:
		for _, s := range textSpans(body[:min(len(body), MaxBody)]) {
			e.add(string(body[s.from:s.to]))
		}
	}
	// Longer ones first: a shorter one may be a part of them.
	slices.SortFunc(e.secrets, func(a, b string) int { return len(b) - len(a) })
	return e
}

func (e *Echo) credentials(value string) {
	e.add(value)
	if _, rest, ok := strings.Cut(value, " "); ok {
		e.add(rest)
	}
	r := http.Request{Header: http.Header{"Authorization": {value}}}
	if _, password, ok := r.BasicAuth(); ok {
		e.add(password)
	}
}

func (e *Echo) form(text []byte) {
	for _, s := range formSpans(text) {
		value := string(text[s.from:s.to])
		e.add(value)
		if plain, err := url.QueryUnescape(value); err == nil {
			e.add(plain)
		}
	}
}

// add takes a value in the spellings in which it may come back: as it is, and quoted in JSON.
func (e *Echo) add(value string) {
	if len(value) < shortestEcho {
		return
	}
	e.secrets = append(e.secrets, value)
	if quoted := strings.Trim(strconv.Quote(value), `"`); quoted != value {
		e.secrets = append(e.secrets, quoted)
	}
	if plain, err := strconv.Unquote(`"` + value + `"`); err == nil && plain != value && len(plain) >= shortestEcho {
		e.secrets = append(e.secrets, plain)
	}
}

// Mask is the text without the secrets; nothing of it, if there are too many to look for.
func (e *Echo) Mask(text string) string {
	if len(e.secrets) > maxEchoes {
		return Masked
	}
	for _, secret := range e.secrets {
		text = strings.ReplaceAll(text, secret, Masked)
	}
	return text
}
