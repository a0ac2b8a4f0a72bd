package op

import (
	"context"
	"errors"
	"reflect"

	"github.com/tenantry/tenantry/mock/internal/state"
)

// An Op is one operation of the document with the function that answers it.
type Op struct {
	ID      string
	in      reflect.Type
	ignored map[string]string // parameters and body members without effect, and why
	run     func(ctx context.Context, ex *Exchange, in any) (any, error)
}

// An Option adds to a declaration.
type Option func(*Op)

// Ignores says that a parameter or a body member has no effect, and why.
func Ignores(name, why string) Option {
	return func(o *Op) { o.ignored[name] = why }
}

// Read declares an operation that changes nothing.
func Read[In, Out any](id string, f func(context.Context, *state.View, In) (Out, error), opts ...Option) Op {
	return declare[In](id, opts, func(ctx context.Context, ex *Exchange, in any) (any, error) {
		v := ex.reading(ctx)
		ex.Seq = v.Seq()
		return f(ctx, v, in.(In))
	})
}

// Write declares an operation that may change the world: all of it or, on an error, nothing. It may be run
// again from the start on a newer state, so it touches nothing but its arguments.
func Write[In, Out any](id string, f func(context.Context, *state.Tx, In) (Out, error), opts ...Option) Op {
	return declare[In](id, opts, func(ctx context.Context, ex *Exchange, in any) (any, error) {
		var out Out
		var refusal error
		ex.view = nil // it ends here
		err := ex.World.State.Update(ctx, func(tx *state.Tx) error {
			out, refusal = f(ctx, tx, in.(In))
			ex.Seq = tx.Seq()
			if errors.As(refusal, &Kept{}) {
				return nil // what was changed stands
			}
			return refusal
		})
		if err == nil {
			err = refusal
		}
		return out, err
	})
}

// Call declares an operation that works on no world, or on more than one: those of the control plane.
func Call[In, Out any](id string, f func(context.Context, In) (Out, error), opts ...Option) Op {
	return declare[In](id, opts, func(ctx context.Context, _ *Exchange, in any) (any, error) {
		return f(ctx, in.(In))
	})
}

func declare[In any](id string, opts []Option, run func(context.Context, *Exchange, any) (any, error)) Op {
	o := Op{ID: id, in: reflect.TypeFor[In](), ignored: map[string]string{}, run: run}
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// None is the output of an operation that answers without a body.
type None struct{}

// A Finisher is an output that has work left for after the commit, outside the world's lock: signing a
// token. Its error replaces the output.
type Finisher interface {
	Finish(ctx context.Context) error
}
