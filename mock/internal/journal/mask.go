package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Masked stands where a secret was.
const Masked = "***"

// MaxBody is how many bytes of a body are kept.
const MaxBody = 16 << 10

// maxQuery is how many bytes of a query are kept.
const maxQuery = 4 << 10

// MaskQuery is the raw query of a URL without its secrets.
func MaskQuery(raw string) Params {
	if raw == "" {
		return ""
	}
	raw = raw[:min(len(raw), maxQuery)]
	return Params(render(raw, formSpans([]byte(raw))))
}

// MaskRequest is the body of a request without its secrets. A body that is neither JSON nor a form is cut off where the
// name of a secret occurs in it: nobody can tell where the value ends.
func MaskRequest(mediaType string, body []byte) Body {
	b, text := begin(body)
	first := nextSecret(text, 0)
	switch {
	case first.to == 0:
		b.Text = string(text)
	case strings.HasPrefix(mediaType, "application/x-www-form-urlencoded"):
		b.Text = render(string(text), formSpans(text))
	case json.Valid(body):
		b.Text = render(string(text), textSpans(text))
	default:
		b.Text = render(string(text), []span{{first.to, len(text)}})
	}
	return b
}

// MaskResponse is the body of an answer without its secrets, whatever a fault has made of it. A page is cut off where the
// name of a secret occurs in it, as a page may show one anywhere; its title is before that.
func MaskResponse(mediaType string, body []byte) Body {
	b, text := begin(body)
	first := nextSecret(text, 0)
	switch {
	case first.to == 0:
		b.Text = string(text)
	case strings.HasPrefix(mediaType, "text/html"), text[skipBlank(text, 0)] == '<':
		b.Text = render(string(text), []span{{first.to, len(text)}})
	default:
		b.Text = render(string(text), textSpans(text))
	}
	return b
}

// begin is what of a body is kept as text.
func begin(body []byte) (Body, []byte) {
	b := Body{Size: len(body)}
	text := body
	if len(text) > MaxBody {
		b.Truncated = true
		text = text[:MaxBody]
		for i := 0; i < utf8.UTFMax && !utf8.Valid(text[max(0, len(text)-utf8.UTFMax):]); i++ {
			text = text[:len(text)-1]
		}
	}
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		b.Binary, b.Truncated = true, true
		return b, nil
	}
	return b, text
}

// A span is a part of a text: from its first byte up to, not including, its end.
type span struct{ from, to int }

// render puts the mask in place of the spans, which are ascending.
func render(text string, spans []span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, s := range spans {
		if s.from < at || s.from >= s.to {
			continue
		}
		b.WriteString(text[at:s.from])
		b.WriteString(Masked)
		at = s.to
	}
	b.WriteString(text[at:])
	return b.String()
}

// nextSecret is the next word from a place on that names a secret; its end is 0 if there is none.
func nextSecret(text []byte, from int) span {
	for i := from; i < len(text); i++ {
		if wordBytes[text[i]] == 0 {
			continue
		}
		start, kinds := i, byte(0)
		for i < len(text) && wordBytes[text[i]] != 0 {
			kinds |= wordBytes[text[i]]
			i++
		}
		end := i
		for end > start && text[end-1] == '\\' { // it belongs to the quote
			end--
		}
		word := text[start:end]
		if mayBeSecret(word) && isListed(word) || kinds&escapeByte != 0 && isEscapedSecret(word) {
			return span{start, end}
		}
	}
	return span{}
}

// formSpans are what follows the name of a secret, up to the end of its field: a name may stand in front of the = or, as
// in a form that is none, anywhere.
func formSpans(text []byte) []span {
	var spans []span
	for start := 0; start <= len(text); {
		end := start + bytes.IndexByte(text[start:], '&')
		if end < start {
			end = len(text)
		}
		if w := nextSecret(text[:end], start); w.to != 0 {
			from := w.to
			if from < end && text[from] == '=' {
				from++
			}
			if from < end {
				spans = append(spans, span{from, end})
			}
		}
		start = end + 1
	}
	return spans
}
