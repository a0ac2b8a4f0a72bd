package store

import "fmt"

// Limits of a row that every engine can hold. A longer key or value is
// ErrInvalid.
const (
	MaxKey   = 32 << 10 // bytes, of a key, a table or a world id
	MaxValue = 1 << 30  // bytes
)

// An Op says what a batch does to its world.
type Op uint8

// The zero Op is Apply.
const (
	Apply   Op = iota // change rows of a world that exists
	Create            // make a world that does not
	Replace           // drop every row of a world that exists, then change
	Drop              // remove a world that exists
)

// String is the word used in error messages.
func (o Op) String() string {
	switch o {
	case Apply:
		return "apply"
	case Create:
		return "create"
	case Replace:
		return "replace"
	case Drop:
		return "drop"
	}
	return fmt.Sprintf("op %d", uint8(o))
}

// A Batch is one world's changes. They are applied in order, so that of two
// changes to one row the last one counts.
type Batch struct {
	World string
	// After is the sequence that the changes follow; 0 with Create.
	After uint64
	// Seq is the sequence the world is at with them. With Apply it is greater than
	// After; Create and Replace may start anywhere, since a reset goes back to
	// the sequence of its base. Drop has none.
	Seq uint64
	Op  Op
	// Meta replaces the world's; with Apply, nil keeps it.
	Meta    []byte
	Changes []Change
}

// Check says why b cannot be applied, given the world as it is (nil: there is
// none): ErrInvalid for a batch that no engine takes, ErrExists, ErrNotFound
// or ErrConflict. Engines call it before they touch anything.
func (b *Batch) Check(is *World) error {
	if err := b.valid(); err != nil {
		return fmt.Errorf("%v world %q: %w", b.Op, b.World, err)
	}
	if b.Op == Create {
		if is != nil {
			return fmt.Errorf("create world %q: %w", b.World, ErrExists)
		}
		return nil
	}
	if is == nil {
		return fmt.Errorf("%v world %q: %w", b.Op, b.World, ErrNotFound)
	}
	if is.Seq != b.After {
		return fmt.Errorf("%v world %q: the changes follow sequence %d, the world is at %d: %w",
			b.Op, b.World, b.After, is.Seq, ErrConflict)
	}
	return nil
}

func (b *Batch) valid() error {
	switch {
	case b.Op > Drop:
		return fmt.Errorf("no such operation: %w", ErrInvalid)
	case b.Op == Apply && b.Seq <= b.After:
		return fmt.Errorf("sequence %d does not follow %d: %w", b.Seq, b.After, ErrInvalid)
	case b.Op == Create && b.After != 0:
		return fmt.Errorf("a new world cannot follow sequence %d: %w", b.After, ErrInvalid)
	case b.Op == Drop && len(b.Changes) > 0:
		return fmt.Errorf("a dropped world has no changes: %w", ErrInvalid)
	}
	if err := CheckWorld(b.World); err != nil {
		return err
	}
	return CheckChanges(b.Changes)
}

// CheckWorld says whether a world can have this id: not empty and no longer
// than MaxKey. Any bytes will do.
func CheckWorld(id string) error {
	return checkName("world", id)
}

// CheckChanges says whether every change names a table and a key within MaxKey
// and holds a value within MaxValue. The error is an ErrInvalid.
func CheckChanges(changes []Change) error {
	for i := range changes {
		c := &changes[i]
		if err := checkName("table", c.Table); err != nil {
			return err
		}
		if err := checkName("key", c.Key); err != nil {
			return fmt.Errorf("table %q: %w", c.Table, err)
		}
		if len(c.Value) > MaxValue {
			return fmt.Errorf("row %s/%s has %d bytes, more than %d: %w",
				c.Table, c.Key, len(c.Value), MaxValue, ErrInvalid)
		}
	}
	return nil
}

func checkName(what, name string) error {
	if name == "" {
		return fmt.Errorf("the %s has no name: %w", what, ErrInvalid)
	}
	if len(name) > MaxKey {
		return fmt.Errorf("the %s has %d bytes, more than %d: %w", what, len(name), MaxKey, ErrInvalid)
	}
	return nil
}
