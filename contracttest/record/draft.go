package record

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// A Draft is a session as a scenario.
type Draft struct {
	Text     []byte // Arazzo 1.0.1 in YAML; nil if there is no step
	Steps    int    // how many exchanges became steps
	Comments int    // how many stand as comments, because nothing of them can be replayed
	Left     int    // how many were not kept, or are too much for one file
}

// maxText bounds a draft: readers of scenarios have a limit of four times as many bytes.
const maxText = 1 << 20

// loginToken is the token of the workflow login.
const loginToken = "$workflows.login.outputs.token"

// write makes the draft of a session.
func write(session []*exchange, left int, words *vocabulary, now time.Time) Draft {
	slices.SortFunc(session, func(a, b *exchange) int { return cmp.Compare(a.n, b.n) })
	b := &builder{
		disguise: newDisguise(session, words), origins: newOrigins(words), tokens: map[string]string{}, ids: map[string]int{},
	}
	b.findClient(session)
	b.findLogin(session)
	d := Draft{Left: left}
	lines := b.lines(session, &d)
	if d.Steps == 0 && b.login == nil {
		return d
	}
	d.Text = []byte(b.file(lines, &d, now))
	return d
}

// A line is what became of an exchange: a step, or a comment.
type line struct {
	step    *step
	comment string
}

func (b *builder) lines(session []*exchange, d *Draft) []line {
	var all []line
	size := 0
	for i, x := range session {
		if x == b.login {
			d.Steps++
			continue
		}
		if why := x.unfit(b.disguise); why != "" {
			d.Comments++
			size += len(why)
			all = append(all, line{comment: why})
			continue
		}
		s := b.step(x)
		var text yaml
		text.step(s)
		if size += text.b.Len(); size > maxText {
			d.Left += len(session) - i
			break
		}
		d.Steps++
		all = append(all, line{step: s})
	}
	return all
}

// unfit says why an exchange is no step; "" if it is one.
func (x *exchange) unfit(d *disguise) string {
	what := d.words.method(x.method) + " " + x.place(d.words, d.tells)
	switch {
	case x.op == nil && x.status != 0:
		return fmt.Sprintf("%s, answered %d: not in the document", what, x.status)
	case x.op == nil:
		return what + ", not answered: not in the document"
	case x.failure != "":
		return what + " (" + x.op.ID + "): there was no answer"
	case x.forgotten:
		return what + " (" + x.op.ID + "): a body was too long, or of an unknown coding"
	}
	return ""
}

// findClient takes the first client that asks for a token, or authenticates by its secret, as the one of the inputs.
func (b *builder) findClient(session []*exchange) {
	for _, x := range session {
		if x.op == nil || x.op.ID != "issueToken" {
			continue
		}
		id, password, ok := basic(x.request.header)
		if form, is := x.request.form(); is && !ok {
			id, password = form.Get("client_id"), form.Get("client_secret")
		}
		if id != "" && password != "" {
			b.client = id
			b.inputs = append(b.inputs, clientInputs(id, password)...)
			return
		}
	}
	b.inputs = append(b.inputs, clientInputs("", "")...)
}

func clientInputs(id, password string) []input {
	return []input{
		{name: "client_id", about: "API client of the session", value: id},
		{name: "client_secret", about: "its secret", value: password, secret: true},
	}
}

// findLogin takes the first plain request for a token that was then used as the workflow login.
func (b *builder) findLogin(session []*exchange) {
	used := map[string]bool{}
	for _, x := range session {
		if t, ok := x.bearer(); ok {
			used[t] = true
		}
	}
	for _, x := range session {
		if t, ok := x.plainLogin(); ok && used[t] {
			b.login, b.loggedIn, b.tokens[t] = x, true, loginToken
			return
		}
	}
}

// plainLogin is the token that a client got with its credentials and nothing else.
func (x *exchange) plainLogin() (string, bool) {
	if x.op == nil || x.op.ID != "issueToken" || x.status != http.StatusOK {
		return "", false
	}
	form, ok := x.request.form()
	if !ok || form.Get("grant_type") != "client_credentials" {
		return "", false
	}
	for n, values := range form {
		if !slices.Contains([]string{"grant_type", "client_id", "client_secret"}, n) || len(values) != 1 {
			return "", false
		}
	}
	answer, _ := x.answer.json()
	members, _ := answer.(map[string]any)
	token, _ := members["access_token"].(string)
	return token, token != ""
}

func (b *builder) file(lines []line, d *Draft, now time.Time) string {
	var body yaml
	body.workflows(b, lines)
	var y yaml
	y.line(0, "# A draft of a recorded session: read it, name what it checks, and take out what does not belong.")
	y.line(0, "# For other tools than this one: tenantry spec show > account-management.yaml")
	y.line(0, "arazzo: 1.0.1")
	y.line(0, "info:")
	y.line(2, "title: Recorded session")
	y.line(2, "version: 1.0.0")
	y.line(2, "description: "+quoted(fmt.Sprintf("%d steps, recorded %s", d.Steps, now.UTC().Format(time.RFC3339))))
	y.line(0, "sourceDescriptions:")
	y.line(2, "- {name: api, url: ./account-management.yaml, type: openapi}")
	y.line(0, "x-tags: [recorded]")
	y.b.WriteString(body.b.String())
	if d.Left > 0 {
		y.line(0, fmt.Sprintf("# The session went on: %d more exchanges are not here, they were too much for one recording.", d.Left))
	}
	y.components(b, body.b.String())
	return y.b.String()
}
