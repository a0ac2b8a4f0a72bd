package bolt

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"

	"github.com/tenantry/tenantry/mock/internal/store"
)

// The top-level buckets; doc.go says what is in them.
var (
	metaBucket   = []byte("meta")
	worldsBucket = []byte("worlds")
	rowsBucket   = []byte("rows")

	schemaKey = []byte("schema")
)

// schema is the layout that a program knows: its version, and how to lift a
// file from each older version to the next.
type schema struct {
	version int
	lift    map[int]func(*bbolt.Tx) error
}

// current is the layout of this program. A change of it adds one to the version
// and a function that lifts the version before.
var current = schema{version: 1}

// versionOf reads the version of a file, 0 for one that is still empty. It
// refuses a file that this program cannot use.
func (s schema) versionOf(tx *bbolt.Tx) (int, error) {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		if first, _ := tx.Cursor().First(); first == nil {
			return 0, nil
		}
		return 0, fmt.Errorf("%w: it belongs to another program; choose another file", store.ErrForeign)
	}
	version, err := strconv.Atoi(string(meta.Get(schemaKey)))
	if err != nil || version < 1 {
		return 0, fmt.Errorf("%w: it belongs to another program; choose another file", store.ErrForeign)
	}
	if version > s.version {
		return 0, fmt.Errorf("%w: it has schema version %d and this program knows %d; run a newer tenantry or choose another file",
			store.ErrNewer, version, s.version)
	}
	return version, nil
}

// migrate makes a file current. Each version is one transaction, so that an
// interrupted migration goes on where it stopped.
func (s schema) migrate(db *bbolt.DB) error {
	for {
		var version int
		err := db.View(func(tx *bbolt.Tx) (err error) {
			version, err = s.versionOf(tx)
			return err
		})
		if err != nil || version == s.version {
			return err
		}
		if err := db.Update(func(tx *bbolt.Tx) error { return s.step(tx, version) }); err != nil {
			return err
		}
	}
}

func (s schema) step(tx *bbolt.Tx, version int) error {
	if version == 0 {
		return s.create(tx)
	}
	lift, ok := s.lift[version]
	if !ok {
		return fmt.Errorf("%w: schema version %d cannot be migrated any more; choose another file", store.ErrForeign, version)
	}
	if err := lift(tx); err != nil {
		return fmt.Errorf("migrate from schema version %d: %w", version, err)
	}
	return putVersion(tx, version+1)
}

func (s schema) create(tx *bbolt.Tx) error {
	for _, name := range [][]byte{metaBucket, worldsBucket, rowsBucket} {
		if _, err := tx.CreateBucket(name); err != nil {
			return fmt.Errorf("make data file: %w", err)
		}
	}
	return putVersion(tx, s.version)
}

func putVersion(tx *bbolt.Tx, version int) error {
	return tx.Bucket(metaBucket).Put(schemaKey, []byte(strconv.Itoa(version)))
}

// A generation names the bucket that holds the rows of one life of a world.
type generation [8]byte

// A record is what the file knows of a world beside its rows.
type record struct {
	gen  generation
	seq  uint64
	meta []byte // memory of the transaction when read
}

const recordHead = 16

func (r record) encode() []byte {
	b := make([]byte, 0, recordHead+len(r.meta))
	b = append(b, r.gen[:]...)
	b = binary.BigEndian.AppendUint64(b, r.seq)
	return append(b, r.meta...)
}

func decode(world, b []byte) (record, error) {
	if len(b) < recordHead {
		return record{}, fmt.Errorf("%w: the record of world %q has %d bytes", store.ErrForeign, world, len(b))
	}
	return record{
		gen:  generation(b[:8]),
		seq:  binary.BigEndian.Uint64(b[8:recordHead]),
		meta: b[recordHead:],
	}, nil
}

// lookup finds the record of a world. Nil without an error says that there is
// none, which is good for some callers and bad for others.
func lookup(tx *bbolt.Tx, world string) (*record, error) {
	b := tx.Bucket(worldsBucket).Get([]byte(world))
	if b == nil {
		return nil, nil
	}
	r, err := decode([]byte(world), b)
	return &r, err
}
