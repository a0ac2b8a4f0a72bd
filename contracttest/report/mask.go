package report

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/tenantry/tenantry/contracttest/value"
)

// Masked stands where a secret was.
const Masked = "***"

// shortest is how long a secret must be to be masked wherever it occurs: shorter ones would take half of every text away.
const shortest = 6

// secretHeaders are those that carry credentials.
var secretHeaders = map[string]bool{
	"Authorization": true, "Proxy-Authorization": true, "Cookie": true, "Set-Cookie": true, "X-Api-Key": true,
}

// secretHeader tells whether a header carries credentials: those of HTTP, and those that people name so.
func secretHeader(name string) bool {
	lower := strings.ToLower(name)
	return secretHeaders[name] || strings.Contains(lower, "token") || strings.Contains(lower, "secret") || strings.Contains(lower, "password")
}

// secretNames are the members and parameters whose values are credentials or can be turned into some.
var secretNames = map[string]bool{
	"access_token": true, "assertion": true, "client_assertion": true, "client_secret": true, "code_verifier": true,
	"csrf": true, "device_code": true, "id_token": true, "id_token_hint": true, "md5_password": true, "new_password": true,
	"old_password": true, "ott": true, "passwd": true, "password": true, "refresh_token": true,
	"registration_access_token": true, "registration_token": true, "secret": true, "smtp_password": true, "ticket": true,
	"token": true, "totp_code": true, "user_code": true, "verification_uri_complete": true,
}

// Secret tells whether a member or parameter of that name holds a secret.
func Secret(name string) bool { return secretNames[strings.ToLower(name)] }

// A Masker takes secrets out of texts. It learns them from what it masks by name. The zero value knows none; it is safe
// for concurrent use.
type Masker struct {
	mu    sync.RWMutex
	known map[string]bool
	forms []string // of what is known, the longer ones first
}

// Add makes a value known as a secret, in all forms in which it may stand in a text. Values too short to be told from other
// texts are left alone.
func (m *Masker) Add(secret string) {
	if len(secret) < shortest {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known[secret] {
		return
	}
	if m.known == nil {
		m.known = make(map[string]bool)
	}
	m.known[secret] = true
	m.forms = append(m.forms, forms(secret)...)
	slices.SortStableFunc(m.forms, func(a, b string) int { return len(b) - len(a) })
}

// Text is a text without the secrets that are known.
func (m *Masker) Text(text string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, form := range m.forms {
		text = strings.ReplaceAll(text, form, Masked)
	}
	return text
}

// torn is Text for one that was shortened: an ellipsis may stand where a secret was cut.
func (m *Masker) torn(text string) string {
	parts := strings.Split(m.Text(text), "…")
	for i := range parts[:len(parts)-1] {
		parts[i] = m.beheaded(parts[i])
	}
	return strings.Join(parts, "…")
}

// beheaded is a text without the beginning of a secret in its end.
func (m *Masker) beheaded(text string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, form := range m.forms {
		for n := min(len(form), len(text)); n >= shortest; n-- {
			if strings.HasSuffix(text, form[:n]) {
				return text[:len(text)-n] + Masked
			}
		}
	}
	return text
}

// Header is a copy of a header without credentials.
func (m *Masker) Header(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			switch {
			case secretHeader(name):
				v = m.credential(v)
			case name == "Location" || name == "Referer":
				v = m.URL(v)
			}
			out[name] = append(out[name], m.Text(v))
		}
	}
	return out
}

// credential masks a value and leaves the scheme before it: Bearer ***.
func (m *Masker) credential(v string) string {
	scheme, rest, two := strings.Cut(v, " ")
	if two && (scheme == "Bearer" || scheme == "Basic") {
		m.Add(rest)
		return scheme + " " + Masked
	}
	return Masked
}

// URL is a URL without the secrets in its query.
func (m *Masker) URL(text string) string {
	before, query, ok := strings.Cut(text, "?")
	if !ok {
		return m.Text(text)
	}
	query, fragment, anchored := strings.Cut(query, "#")
	text = m.Text(before) + "?" + m.form(query)
	if anchored {
		text += "#" + m.form(fragment)
	}
	return text
}

// form masks the pairs of a query or form by their names, and leaves everything else as it is written.
func (m *Masker) form(text string) string {
	pairs := strings.Split(text, "&")
	for i, pair := range pairs {
		name, v, ok := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(name)
		if !ok || v == "" || err != nil || !Secret(plain) && plain != "code" {
			continue
		}
		m.Add(v)
		if decoded, err := url.QueryUnescape(v); err == nil {
			m.Add(decoded)
		}
		pairs[i] = name + "=" + Masked
	}
	return m.Text(strings.Join(pairs, "&"))
}

// json masks the members of a body of JSON by their names. It says false if the body holds none, or is no JSON.
func (m *Masker) json(body []byte) (string, bool) {
	v, err := value.Decode(body)
	if err != nil {
		return "", false
	}
	v, masked := m.members(v)
	return string(value.Encode(v)), masked
}

func (m *Masker) members(v any) (out any, masked bool) {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			next, is := m.members(e)
			v[i], masked = next, masked || is
		}
	case map[string]any:
		for name, e := range v {
			if text, is := e.(string); is && text != "" && Secret(name) {
				m.Add(text)
				v[name], masked = Masked, true
				continue
			}
			next, is := m.members(e)
			v[name], masked = next, masked || is
		}
	}
	return v, masked
}
