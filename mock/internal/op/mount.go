package op

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// Mount joins the operations of the document with their functions: one handler by operationId. It fails,
// listing every offence, if an operation has no function and is not pending, a function no operation, two
// functions share an id, or an input and the document differ. Pending operations answer 501.
func Mount(doc *openapi.Document, ops []Op, pending []string) (map[string]Handler, error) {
	m := mounting{doc: doc, handlers: map[string]Handler{}}
	for i := range ops {
		m.add(&ops[i])
	}
	for _, o := range doc.Operations() {
		m.settle(o, slices.Contains(pending, o.ID))
	}
	for _, id := range pending {
		if _, ok := doc.Operation(id); !ok {
			m.offend(id, "is pending, but the document lacks it")
		}
	}
	if len(m.offences) > 0 {
		return nil, fmt.Errorf("operations and functions do not match:\n  %s", strings.Join(m.offences, "\n  "))
	}
	return m.handlers, nil
}

type mounting struct {
	doc      *openapi.Document
	handlers map[string]Handler
	offences []string
}

func (m *mounting) offend(id, format string, args ...any) {
	m.offences = append(m.offences, id+": "+fmt.Sprintf(format, args...))
}

func (m *mounting) add(op *Op) {
	o, ok := m.doc.Operation(op.ID)
	if !ok {
		m.offend(op.ID, "has a function, but the document lacks it")
		return
	}
	if _, twice := m.handlers[op.ID]; twice {
		m.offend(op.ID, "has two functions")
		return
	}
	p, err := planFor(op.in)
	if err != nil {
		m.offend(op.ID, "%v", err)
		return
	}
	for _, offence := range p.check(o, op.ignored) {
		m.offend(op.ID, "%s", offence)
	}
	p.defaults(o)
	m.handlers[op.ID] = op.handler(p)
}

func (m *mounting) settle(o *openapi.Operation, pending bool) {
	_, built := m.handlers[o.ID]
	switch {
	case built && pending:
		m.offend(o.ID, "is pending, but has a function")
	case !built && !pending:
		m.offend(o.ID, "has no function")
	case !built:
		m.handlers[o.ID] = notBuilt(o.ID)
	}
}

func notBuilt(id string) Handler {
	return func(context.Context, *Exchange) error {
		return model.Errorf(model.NotImplemented, "not_implemented", "operation %s is not built yet", id)
	}
}

func (p *plan) defaults(o *openapi.Operation) {
	for i := range p.fields {
		b := &p.fields[i]
		for _, param := range o.Params {
			if param.In == b.place && param.Name == b.name && param.Default != nil {
				b.fallback = fmt.Sprint(param.Default)
			}
		}
	}
}

// handler binds the input, runs the function and puts its output into the reply.
func (o *Op) handler(p *plan) Handler {
	return func(ctx context.Context, ex *Exchange) error {
		in, err := p.bind(ex)
		if err != nil {
			return err
		}
		out, err := o.run(ctx, ex, in)
		if err != nil {
			return err
		}
		if f, ok := out.(Finisher); ok {
			if err := f.Finish(ctx); err != nil {
				return err
			}
		}
		return ex.reply(out)
	}
}
