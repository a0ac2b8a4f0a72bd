package auth

import (
	"strings"
	"sync"
)

// seen remembers tokens whose signature was verified, so that it is verified once. It is bounded: when one half is full
// the other, older one is forgotten. It keeps the tokens themselves: the hash of a map and a comparison cost a tenth of a
// cryptographic hash of some kilobytes, which each request would have to pay.
type seen struct {
	half int

	mu       sync.RWMutex
	new, old map[string]sighting // by token
}

func newSeen(size int) *seen {
	return &seen{half: max(size/2, 1), new: map[string]sighting{}}
}

func (s *seen) get(token string) (found sighting, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found, ok = s.new[token]; !ok {
		found, ok = s.old[token]
	}
	return found, ok
}

func (s *seen) put(token string, found sighting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.new) >= s.half {
		s.old, s.new = s.new, map[string]sighting{}
	}
	s.new[strings.Clone(token)] = found // the request that it came with is not kept
}
