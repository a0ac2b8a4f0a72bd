package reference

import "slices"

// body reads the media type, the fields, and steps over the example.
func (p *parser) body() (*Body, error) {
	media, err := p.expectAfter("**Media type**: ")
	if err != nil {
		return nil, err
	}
	b := &Body{MediaType: media}
	if err := p.expect("**Schema definition**:"); err != nil {
		return nil, err
	}
	rows, err := p.table("Name")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		presence, facts, err := p.described(r)
		if err != nil {
			return nil, err
		}
		f := Field{Name: r.name, Required: presence == required, Facts: facts}
		if slices.ContainsFunc(b.Fields, func(g Field) bool { return f.Name == g.Name }) {
			return nil, p.errorAt(r.lines[0], "field %q is listed twice", r.name)
		}
		b.Fields = append(b.Fields, f)
	}
	return b, p.example()
}

// example steps over the example of a body, if there is one.
func (p *parser) example() error {
	if !p.take("**Example**:") {
		return nil
	}
	if !p.take("```json") && !p.take("```") {
		return p.unexpected("the example's opening fence")
	}
	for !p.take("```") {
		if p.peek() == "" {
			return p.unexpected("the example's closing fence")
		}
		p.pos++
	}
	return nil
}
