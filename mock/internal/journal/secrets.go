package journal

import "bytes"

// secrets are the names of all body members, form fields and parameters whose values are credentials or can be turned
// into some: those of the document, those of the pages that people log in on, and the names that other clients of OAuth
// send (RFC 6749, 7521, 8628).
var secrets = map[string]bool{
	"access_token":              true,
	"assertion":                 true,
	"client_assertion":          true,
	"client_secret":             true,
	"code":                      true,
	"code_verifier":             true,
	"csrf":                      true,
	"device_code":               true,
	"id_token":                  true,
	"id_token_hint":             true,
	"md5_password":              true,
	"new_password":              true,
	"old_password":              true,
	"ott":                       true,
	"passwd":                    true,
	"password":                  true,
	"refresh_token":             true,
	"registration_access_token": true,
	"registration_token":        true,
	"secret":                    true,
	"smtp_password":             true,
	"ticket":                    true,
	"token":                     true,
	"totp_code":                 true,
	"user_code":                 true,
	"verification_uri_complete": true,
}

// Secrets lists the names whose values are masked.
func Secrets() []string {
	names := make([]string, 0, len(secrets))
	for name := range secrets {
		names = append(names, name)
	}
	return names
}

const (
	longestSecret  = 25
	longestEscaped = 6 * longestSecret // each character as \u0000
)

// initials are the letters that names of a length begin with, one bit each: most words are told apart by them.
var initials = func() (set [longestSecret + 1]uint32) {
	for name := range secrets {
		set[len(name)] |= 1 << (name[0] - 'a')
	}
	return set
}()

// isEscapedSecret reports whether a word with escapes of JSON or of URLs names a secret.
func isEscapedSecret(word []byte) bool {
	if len(word) > longestEscaped {
		return false
	}
	word = unescaped(word)
	return mayBeSecret(word) && isListed(word)
}

// mayBeSecret tells most words apart at the cost of a look at their length and first letter.
func mayBeSecret(word []byte) bool {
	return len(word) <= longestSecret && len(word) > 0 && initials[len(word)]&(1<<(((word[0]|0x20)-'a')&31)) != 0
}

// isListed reports whether a word that may be a secret is one. Case does not hide it.
func isListed(word []byte) bool {
	var lower [longestSecret]byte
	for i, c := range word {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	return secrets[string(lower[:len(word)])]
}

// unescaped replaces \uXXXX and %XX by the character, where it is one of ASCII or one of the two that decoders of JSON take
// for a letter of ASCII, and cuts off what is no part of a name.
func unescaped(word []byte) []byte {
	out := make([]byte, 0, len(word))
	word = bytes.ReplaceAll(bytes.ReplaceAll(word, []byte("ſ"), []byte("s")), []byte("\u212a"), []byte("k"))
	for i := 0; i < len(word); i++ {
		digits := 0
		switch {
		case word[i] == '%':
			digits = 2
		case word[i] == '\\' && i+1 < len(word) && word[i+1] == 'u':
			digits = 4
		case word[i] == '\\':
			out = append(out, ' ')
			if i+1 < len(word) && bytes.IndexByte([]byte("nrtbf"), word[i+1]) >= 0 {
				i++ // a line break and the like
			}
			continue
		}
		skip := min(i+digits/4, len(word)-1) // over the u
		c, ok := hexByte(word[skip+1:], digits)
		if digits == 0 || !ok {
			out = append(out, word[i])
			continue
		}
		out = append(out, c)
		i = skip + digits
	}
	return bytes.TrimFunc(out, func(r rune) bool { return r > 0x7f || wordBytes[r] != nameByte })
}

// hexByte reads that many digits, whose value must be a character of ASCII or fold to one.
func hexByte(text []byte, digits int) (byte, bool) {
	if len(text) < digits {
		return 0, false
	}
	n := 0
	for _, c := range text[:digits] {
		d := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if d < 0 {
			return 0, false
		}
		n = n<<4 | d
	}
	switch n {
	case 'ſ':
		n = 's'
	case '\u212a':
		n = 'k'
	}
	return byte(n), n < 0x80
}

const (
	nameByte   = 1 << iota // a letter, a digit or _
	escapeByte             // \, % or no ASCII
)

// wordBytes are those that a name may consist of, as it is or escaped; 0 for all others.
var wordBytes = func() (set [256]byte) {
	for c := range 256 {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		switch {
		case letter || c >= '0' && c <= '9' || c == '_':
			set[c] = nameByte
		case c == '\\' || c == '%' || c >= 0x80:
			set[c] = escapeByte
		}
	}
	return set
}()
