package clients

import (
	"context"
	"encoding/json"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

type updateIn struct {
	ID   model.ClientID `path:"client_id"`
	Body updateBody
}

type updateBody struct {
	Data         json.RawMessage `json:"data"`
	Status       string          `json:"status"`
	RedirectURIs *[]string       `json:"redirect_uris"`
	OriginID     *string         `json:"origin_id"`
}

// update replaces each member that is sent as a whole, data too: a client expects GET to show what it has put
// (wire facts, idp 7.1). Clients have no version, so the last one wins.
func update(ctx context.Context, tx *state.Tx, in updateIn) (*client, error) {
	c, err := reached(ctx, tx.View, in.ID)
	if err != nil {
		return nil, err
	}
	changed := *c
	in.Body.apply(&changed)
	tx.UpdateClient(&changed)
	return clientOf(&changed), nil
}

func (b *updateBody) apply(c *model.Client) {
	if b.Data != nil {
		c.Data = b.Data
	}
	if b.Status != "" {
		c.Disabled = b.Status == disabled
	}
	if b.RedirectURIs != nil {
		c.RedirectURIs = *b.RedirectURIs
	}
	if b.OriginID != nil {
		c.OriginID = *b.OriginID
	}
}
