package mock

import (
	"context"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Identity is a documented way to log in.
type Identity struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// documentedPassword is that of every activated user of the embedded fixtures.
const documentedPassword = "Passw0rd!"

// documented are the fixed identities of the embedded fixtures and of generated worlds.
var documented = []Identity{
	{"API client", "c11e0000-0000-4000-8000-000000000001", "5ec2e75ec2e75ec2e75ec2e75ec2e75e"},
	{"root client", "c11e0000-0000-4000-8000-000000000002", "5ec2e85ec2e85ec2e85ec2e85ec2e85e"},
	{"administrator", "admin@acme-msp.example", documentedPassword},
}

// Identities are those of the documented ways to log in that work in the default world now.
func (s *Server) Identities() []Identity {
	v := s.defaultWorld().State.View(context.Background())
	var working []Identity
	for _, id := range documented {
		if works(v, id) {
			working = append(working, id)
		}
	}
	return working
}

func works(v *state.View, id Identity) bool {
	if model.IsUUID(id.ID) {
		_, ok := auth.ClientBySecret(v, id.ID, id.Secret)
		return ok
	}
	_, ok := auth.UserByPassword(v, id.ID, id.Secret)
	return ok
}
