package journal

import (
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/model"
)

// A Query asks for entries.
type Query struct {
	Match  *match.Compiled                // nil: all
	Below  func(tenant, root string) bool // the tree of tenants, for matchers of a subtree
	After  uint64                         // number of the last entry that was seen; 0: from the oldest on
	Limit  int                            // most entries to answer; 0: DefaultPage
	Newest bool                           // the last of them that match, in place of the first
}

// DefaultPage is how many entries a page has if nothing is asked.
const DefaultPage = 100

// A Page is what a Query found, in ascending order.
type Page struct {
	Items      []Entry `json:"items"`
	Next       uint64  `json:"next"`        // what to ask After of next: everything up to here was looked at
	Evicted    uint64  `json:"evicted"`     // how many entries after After were given up and could not be looked at
	OldestKept uint64  `json:"oldest_kept"` // 0: none is kept
}

// batch is how many entries are copied under the lock at a time.
const batch = 64

// Page answers a query. Entries in flight are among them; they are not answered again once they are complete.
func (j *Journal) Page(q Query) (Page, error) {
	limit := q.Limit
	if limit == 0 {
		limit = DefaultPage
	}
	newest, oldest := j.bounds()
	if q.After > newest {
		return Page{}, model.Errorf(model.Invalid, "invalid_cursor", "after %d is beyond the newest entry, %d", q.After, newest)
	}
	p := Page{Items: []Entry{}, Next: newest, OldestKept: oldest}
	p.Evicted = j.read(q.After, newest, func(e *Entry) bool {
		if !q.Match.Matches(e.Seen(q.Below)) {
			return true
		}
		p.Items = append(p.Items, *e)
		switch {
		case q.Newest && len(p.Items) > limit:
			p.Items = p.Items[1:]
		case !q.Newest && len(p.Items) == limit:
			p.Next = e.N
			return false
		}
		return true
	})
	return p, nil
}

// bounds are the number of the newest entry that ever was, and that of the oldest kept one; 0 if none is.
func (j *Journal) bounds() (newest, oldest uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.head == len(j.kept) {
		return j.last, 0
	}
	return j.last, j.oldest()
}

// read visits the kept entries after one number up to another, until visit says that it has enough, and counts those that
// it met no more because they were evicted. What was cleared is not missed. Nothing is locked during a visit.
func (j *Journal) read(after, to uint64, visit func(*Entry) bool) (lost uint64) {
	for after < to {
		copies, cleared := j.copies(after, to)
		next := to + 1
		if len(copies) > 0 {
			next = copies[0].N
		}
		if seen := max(after, cleared); next > seen+1 {
			lost += next - seen - 1
		}
		if len(copies) == 0 {
			return lost
		}
		for i := range copies {
			if !visit(&copies[i]) {
				return lost
			}
		}
		after = copies[len(copies)-1].N
	}
	return lost
}

// copies are the next entries after a number, not all at a time.
func (j *Journal) copies(after, to uint64) (list []Entry, cleared uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	from := max(after+1, j.oldest())
	for n := from; n <= min(to, from+batch-1); n++ {
		if e := j.at(n); e != nil {
			list = append(list, *e)
		}
	}
	return list, j.cleared
}
