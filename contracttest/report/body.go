package report

import (
	"strings"
	"unicode/utf8"
)

// maxBody is how many bytes of a body are kept.
const maxBody = 64 << 10

// Body is what a report keeps of a body, without secrets.
func (m *Masker) Body(contentType string, body []byte) Body {
	b := Body{Size: len(body)}
	if !utf8.Valid(body) || strings.IndexByte(string(body[:min(len(body), maxBody)]), 0) >= 0 {
		b.Binary = len(body) > 0
		return b
	}
	text := string(body)
	if strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		text = m.form(text)
	} else if masked, ok := m.json(body); ok {
		text = masked
	}
	b.Text = m.Text(text) // before it is cut: half a secret is not recognised
	if len(b.Text) > maxBody {
		b.Truncated = true
		cut := maxBody
		for !utf8.RuneStart(b.Text[cut]) {
			cut--
		}
		b.Text = b.Text[:cut]
	}
	return b
}

// Scenario takes out of a scenario what has become known as a secret since its steps were recorded.
func (m *Masker) Scenario(s *Scenario) {
	s.Reason = m.Text(s.Reason)
	for i := range s.Steps {
		m.step(&s.Steps[i])
	}
}

func (m *Masker) step(s *Step) {
	s.Reason = m.Text(s.Reason)
	if s.Request != nil {
		s.Request.URL = m.URL(s.Request.URL)
		s.Request.Header = m.Header(s.Request.Header)
		m.again(&s.Request.Body)
	}
	if s.Response != nil {
		s.Response.Header = m.Header(s.Response.Header)
		m.again(&s.Response.Body)
	}
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Message, f.Expected, f.Actual, f.Pointer = m.torn(f.Message), m.torn(f.Expected), m.torn(f.Actual), m.torn(f.Pointer)
	}
}

func (m *Masker) again(b *Body) {
	if b.Text = m.Text(b.Text); b.Truncated {
		b.Text = m.beheaded(b.Text)
	}
}
