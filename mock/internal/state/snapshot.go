package state

import (
	"time"
)

// A snapshot is one immutable state of a world. Only the Tx that is making it writes to it.
type snapshot struct {
	seq    uint64
	tables []anyTable
}

func emptySnapshot() *snapshot {
	s := &snapshot{tables: make([]anyTable, len(schema))}
	for i, make := range schema {
		s.tables[i] = make()
	}
	return s
}

// byName finds tables by their names in the data file.
func (s *snapshot) byName() map[string]anyTable {
	tables := make(map[string]anyTable, len(s.tables))
	for _, t := range s.tables {
		tables[t.name()] = t
	}
	return tables
}

// fork is a snapshot that shares every table until it is written to. Forking takes no lock; the first
// write to a table clones it, which is why only the owner of the source's lock may write.
func (s *snapshot) fork() *snapshot {
	return &snapshot{seq: s.seq, tables: append([]anyTable(nil), s.tables...)}
}

// A View reads one state of a world at one moment of its time. It is safe for concurrent use and stays
// as it is while the world moves on.
type View struct {
	s   *snapshot
	now time.Time
	src Source
}

func (v *View) snap() *snapshot { return v.s }

// Now is the world's time, taken once.
func (v *View) Now() time.Time { return v.now }

// Seq is the sequence of the last change in the view.
func (v *View) Seq() uint64 { return v.s.seq }

// Key derives a secret of the world for a purpose; it depends on seed and world id alone.
func (v *View) Key(purpose string) []byte { return v.src.Key(purpose) }
