package sandbox

import (
	"encoding/hex"
	"slices"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// maxTwins bounds how many clients of a world get a twin.
const maxTwins = 16

// twins mints a client of the sandbox's own beside each live client of the world, in the order of their ids; twins of
// another sandbox that came with a fork are taken away. Ids and secrets derive from seed and sandbox alone.
func twins(tx *state.Tx, src det.Source, foreign []Client) []Client {
	for _, c := range foreign {
		tx.RemoveClient(c.ID)
	}
	var originals []*model.Client
	for c := range state.Clients.All(tx) {
		if c.Type == model.APIClient && !c.Deleted() && !c.Disabled && len(originals) < maxTwins {
			originals = append(originals, c)
		}
	}
	minted := make([]Client, 0, len(originals))
	for _, c := range originals {
		minted = append(minted, twin(tx, src, c))
	}
	return minted
}

func twin(tx *state.Tx, src det.Source, of *model.Client) Client {
	row := *of
	row.ID = model.ClientID(det.FormatUUID([16]byte(src.Key("client " + string(of.ID))[:16])))
	row.Salt = hex.EncodeToString(src.Key("salt " + string(of.ID))[:16])
	row.SecretHash = ""
	minted := Client{ID: row.ID, Tenant: row.TenantID, TwinOf: of.ID, Roles: slices.Clone(row.Roles)}
	if minted.Roles == nil {
		minted.Roles = []string{}
	}
	if of.AuthMethod != model.AuthNone {
		minted.Secret = hex.EncodeToString(src.Key("secret " + string(of.ID))[:16])
		row.SecretHash = model.HashSecret(row.Salt, minted.Secret)
	}
	tx.PutClient(&row)
	return minted
}

// mintAgain makes the world's own clients where they are missing, and takes those of other sandboxes away.
func (m *Manager) mintAgain(tx *state.Tx, w *World) {
	var foreign []model.ClientID
	for c := range state.Clients.All(tx) {
		if home, minted := m.ByClient(c.ID); minted && home != w {
			foreign = append(foreign, c.ID)
		}
	}
	for _, id := range foreign {
		tx.RemoveClient(id)
	}
	for _, c := range w.Clients {
		of, known := state.Clients.Get(tx, c.TwinOf)
		if _, there := state.Clients.Get(tx, c.ID); known && !there {
			twin(tx, w.source(), of)
		}
	}
}
