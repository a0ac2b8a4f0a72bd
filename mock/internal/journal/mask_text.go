package journal

import "bytes"

// textSpans are the values of secrets in JSON, well formed or not, and in addresses: what follows a quoted name and a
// colon, or a name and an equals sign.
func textSpans(text []byte) []span {
	var spans []span
	for at := 0; ; {
		w := nextSecret(text, at)
		if w.to == 0 {
			return spans
		}
		s := valueAfter(text, w)
		if at = w.to; s.from < s.to {
			spans, at = append(spans, s), s.to
		}
	}
}

// valueAfter is the value that belongs to a name; empty if none follows.
func valueAfter(text []byte, name span) span {
	at, quoted := skipQuote(text, name.to)
	at = skipBlank(text, at)
	if at == len(text) || text[at] != '=' && (text[at] != ':' || !quoted) {
		return span{}
	}
	assigned := text[at] == '='
	at = skipBlank(text, at+1)
	if at == len(text) {
		return span{}
	}
	opener, _ := skipQuote(text, at)
	switch {
	case opener > at:
		return span{opener, closing(text, opener, text[at:opener])}
	case assigned:
		return span{at, until(text, at, "&\"'<>\n")}
	case text[at] == '{' || text[at] == '[':
		return span{at, balanced(text, at)}
	}
	s := span{at, until(text, at, ",}]\"\n")}
	if harmless(text[name.from:name.to], text[s.from:s.to]) {
		return span{}
	}
	return s
}

// harmless are null, and a short number as a code: that of an error.
func harmless(name, value []byte) bool {
	value = bytes.TrimSpace(value)
	if string(value) == "null" {
		return true
	}
	return string(name) == "code" && len(value) <= 5 && bytes.Trim(value, "0123456789") == nil
}

// skipQuote goes over one quote with the backslashes before it, if there is one.
func skipQuote(text []byte, at int) (after int, quoted bool) {
	i := at
	for i < len(text) && text[i] == '\\' {
		i++
	}
	if i < len(text) && (text[i] == '"' || text[i] == '\'') {
		return i + 1, true
	}
	return at, false
}

func skipBlank(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

// closing is where the quote comes again that opened a text, with as many backslashes before it; else the end.
func closing(text []byte, at int, opener []byte) int {
	depth, quote := len(opener)-1, opener[len(opener)-1]
	slashes := 0
	for i := at; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			slashes++
			continue
		case text[i] == quote && (slashes == depth || depth == 0 && slashes%2 == 0):
			return i - depth*min(1, slashes)
		}
		slashes = 0
	}
	return len(text)
}

func until(text []byte, at int, ends string) int {
	if i := bytes.IndexAny(text[at:], ends); i >= 0 {
		return at + i
	}
	return len(text)
}

// balanced is the end of an object or a list; that of the text, where it has none.
func balanced(text []byte, at int) int {
	depth := 0
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = closing(text, i+1, text[i:i+1])
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
