package auth

import (
	"crypto/sha256"
	"sync"
)

// seen remembers tokens whose signature was verified, by their hash, so that it is verified once. It is bounded: when
// one half is full the other, older one is forgotten.
type seen struct {
	half int

	mu       sync.RWMutex
	new, old map[[32]byte]sighting // by hash
}

func newSeen(size int) *seen {
	return &seen{half: max(size/2, 1), new: map[[32]byte]sighting{}}
}

func (s *seen) get(token string) (found sighting, ok bool) {
	h := sha256.Sum256([]byte(token))
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found, ok = s.new[h]; !ok {
		found, ok = s.old[h]
	}
	return found, ok
}

func (s *seen) put(token string, found sighting) {
	h := sha256.Sum256([]byte(token))
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.new) >= s.half {
		s.old, s.new = s.new, map[[32]byte]sighting{}
	}
	s.new[h] = found
}
