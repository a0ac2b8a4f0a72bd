package record

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// deepest is how deep a payload may be nested: scenario files have a limit.
const deepest = 60

// pixel stands for every image.
const pixel = "data:;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// body makes the payload of a step.
func (b *builder) body(s *step) {
	m := &s.x.request
	if len(m.body) == 0 {
		return
	}
	s.hasBody, s.media = true, m.media()
	if _, is := m.json(); is && (s.x.op.Body == nil || s.media != s.x.op.Body.MediaType) {
		s.media = mediaJSON // others of its kind are not told: they may be anything
	}
	if v, ok := m.json(); ok {
		s.payload = whole(b.value(s.x, nil, v, 0))
		return
	}
	if form, ok := m.form(); ok {
		s.payload = b.form(s.x, form)
		return
	}
	switch {
	case s.media == mediaJSON:
		s.payload, s.comments = "{", append(s.comments, "the body was no JSON; this is another such body")
	case strings.HasPrefix(s.media, "image/"):
		s.payload, s.comments = pixel, append(s.comments, "the image of the session is not kept; this is one pixel")
		s.media = b.image(s.media)
	default:
		s.payload = b.standIn(string(m.body), other)
		s.media, s.comments = "text/plain", append(s.comments, "the body is not kept; its media type may have been another")
	}
}

// whole is a payload that is a text alone, as JSON writes it; else it would be sent as it stands.
func whole(v any) any {
	if t, is := v.(string); is && !strings.HasPrefix(t, "$") {
		return string(value.Encode(t))
	}
	return v
}

func (b *builder) image(media string) string {
	switch media {
	case "image/jpeg", "image/gif":
		return media
	}
	return "image/png"
}

func (b *builder) form(x *exchange, form url.Values) map[string]any {
	out := make(map[string]any, len(form))
	for _, n := range slices.Sorted(maps.Keys(form)) { // stand-ins are numbered as they come
		values := form[n]
		if len(values) == 1 {
			out[b.key(n)] = b.scalar(x, []string{n}, values[0])
			continue
		}
		list := make([]any, 0, len(values))
		for _, v := range values {
			list = append(list, b.scalar(x, []string{n}, v))
		}
		out[b.key(n)] = list
	}
	return out
}

// value makes a value of the draft of one of the session; names are those around it, the innermost last.
func (b *builder) value(x *exchange, names []string, v any, depth int) any {
	switch v := v.(type) {
	case []any:
		if depth >= deepest {
			return b.standIn(value.Text(v), other)
		}
		out := make([]any, 0, len(v))
		for _, e := range v {
			out = append(out, b.value(x, names, e, depth+1))
		}
		return out
	case map[string]any:
		if depth >= deepest {
			return b.standIn(value.Text(v), other)
		}
		out := make(map[string]any, len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			e := v[k]
			if expression, ok := b.version(x, v, k, depth); ok {
				out[b.key(k)] = expression
				continue
			}
			out[b.key(k)] = b.value(x, append(names[:len(names):len(names)], k), e, depth+1)
		}
		return out
	}
	return b.scalar(x, names, v)
}

// version is the reference to the version in an object of a body: of the object itself by its id, or, on the top, of the
// one that the path leads to.
func (b *builder) version(x *exchange, object map[string]any, key string, depth int) (string, bool) {
	if classOf(key, nil) != version {
		return "", false
	}
	t := text(object[key])
	if own, is := object["id"].(string); is {
		return b.origins.version(t, func(at origin) bool { return at.owner["id"] == own })
	}
	if depth > 0 {
		return "", false
	}
	return b.origins.version(t, func(at origin) bool { return at.about(x) })
}

// scalar makes a value of the draft: an expression, a stand-in, or the value itself.
func (b *builder) scalar(x *exchange, names []string, v any) any {
	t, c := text(v), innermost(names)
	_, number := v.(json.Number)
	switch {
	case t == "":
		return v
	case t == b.client:
		return "$inputs.client_id"
	case c == secret:
		return b.secret(names[len(names)-1], t, number)
	case c == version && len(names) == 1 && !number: // of a query; those of bodies are with their objects
		if expression, ok := b.origins.version(t, func(at origin) bool { return at.about(x) }); ok {
			return expression
		}
	case isNumber.MatchString(t):
		if expression, ok := b.origins.numbered(names, t); ok {
			return expression
		}
	}
	if number {
		return b.number(t, c, v)
	}
	plain := b.harmless(t, c)
	if plain && !isUUID.MatchString(t) && !isTime.MatchString(t) {
		return v
	}
	if expression, ok := b.origins.find(t); ok {
		return expression
	}
	if plain {
		return v
	}
	return b.standIn(t, c)
}

func (b *builder) secret(of, t string, number bool) string {
	if expression, known := b.tokens[t]; known {
		return expression
	}
	if expression, ok := b.origins.find(t); ok {
		return expression
	}
	if of == "access_token" {
		return b.token(t)
	}
	return b.input(of, "a secret of the session", t, number)
}

// number is a number as it was sent, unless it tells of people or no scenario can hold it.
func (b *builder) number(t string, c class, v any) any {
	if c != other && c != word && c != version || len(t) >= shortest && b.tells(t) {
		return b.standIn(t, c)
	}
	if !isNumber.MatchString(t) {
		return json.Number("0")
	}
	return v
}
