package state

import "github.com/tenantry/tenantry/mock/model"

// Client finds a client, deleted ones too; a missing one is a refusal.
func (v *View) Client(id model.ClientID) (*model.Client, error) {
	c, ok := Clients.Get(v, id)
	if !ok {
		return nil, model.Missing("client", id)
	}
	return c, nil
}

// LiveClient finds a client that is not deleted.
func (v *View) LiveClient(id model.ClientID) (*model.Client, error) {
	c, err := v.Client(id)
	if err != nil || c.Deleted() {
		return nil, model.Missing("client", id)
	}
	return c, nil
}

// TenantClients lists the clients of the tenant itself, deleted ones too, in the order of their ids.
func (v *View) TenantClients(id model.TenantID) []*model.Client {
	var clients []*model.Client
	in := func(c *model.Client) bool { return c.TenantID == id }
	for c := range ClientsByTenant.While(v, &model.Client{TenantID: id}, in) {
		clients = append(clients, c)
	}
	return clients
}

// PutClient writes a client as it is.
func (tx *Tx) PutClient(c *model.Client) { Clients.put(tx, c) }

// UpdateClient writes a changed client at the present time. One that is disabled or deleted by the change
// loses its tokens at once and for good.
func (tx *Tx) UpdateClient(c *model.Client) {
	old, had := Clients.Get(tx, c.ID)
	c.UpdatedAt = tx.now
	tx.PutClient(c)
	if had && (!old.Disabled && c.Disabled || !old.Deleted() && c.Deleted()) {
		tx.RevokeClient(c.ID)
	}
}

// RemoveClient takes a client away as if it had never been, and its tokens.
func (tx *Tx) RemoveClient(id model.ClientID) {
	if Clients.remove(tx, id) {
		tx.RevokeClient(id)
	}
}
