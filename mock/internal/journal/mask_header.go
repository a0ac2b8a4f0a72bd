package journal

import (
	"net/http"
	"strings"
)

// maxHeaders is how many bytes of the headers of a message are kept.
const maxHeaders = 16 << 10

// Pack takes the headers without their secrets: the scheme of Authorization and the names of cookies stay.
func Pack(h http.Header) Headers {
	var room [1 << 10]byte // for most messages
	packed := room[:0]
	for name, values := range h {
		for _, v := range values {
			v = maskHeader(name, v)
			if len(packed)+len(name)+len(v) > maxHeaders || strings.IndexByte(v, 0) >= 0 {
				continue // too much, or what no server lets in
			}
			packed = append(append(packed, name...), 0)
			packed = append(append(packed, v...), 0)
		}
	}
	return Headers(packed)
}

func maskHeader(name, value string) string {
	switch name {
	case "Authorization", "Proxy-Authorization":
		return maskCredentials(value)
	case "Cookie":
		return maskCookies(value)
	case "Set-Cookie":
		first, attributes, more := strings.Cut(value, ";")
		if more {
			return maskCookies(first) + ";" + attributes
		}
		return maskCookies(first)
	case "Accept", "Accept-Encoding", "Content-Length", "Content-Type", "User-Agent", "Cache-Control", "Date":
		return value // most of what there is
	}
	if namesSecret(name) {
		return Masked
	}
	if strings.IndexByte(value, '=') < 0 {
		return value
	}
	return render(value, textSpans([]byte(value)))
}

// namesSecret reports whether a header by its name holds a credential of some other scheme.
func namesSecret(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{"token", "secret", "passw", "api-key", "apikey"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// maskCredentials leaves the scheme, if it is one: a bare token is none.
func maskCredentials(value string) string {
	scheme, rest, ok := strings.Cut(value, " ")
	for _, known := range []string{"Basic", "Bearer", "Digest", "Negotiate", "DPoP"} {
		if ok && rest != "" && strings.EqualFold(scheme, known) {
			return scheme + " " + Masked
		}
	}
	return Masked
}

func maskCookies(value string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(value, ";") {
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		if name, _, ok := strings.Cut(strings.TrimSpace(part), "="); ok {
			b.WriteString(name + "=")
		}
		b.WriteString(Masked)
	}
	return b.String()
}
