package record_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/journal/record"
	"github.com/tenantry/tenantry/mock/internal/op"
)

const userJSON = `{"id":"b0000000-0000-4000-8000-000000000001","version":1,"tenant_id":"a0000000-0000-4000-8000-000000000002",` +
	`"login":"ada","contact":{"email":"ada@harbor.example","firstname":"Ada","lastname":"Lovelace","address1":null,"phone":null,` +
	`"zipcode":null,"country":null,"types":[]},"activated":true,"enabled":true,"created_at":"2023-11-14T22:13:20.000000+00:00",` +
	`"updated_at":"2023-11-14T22:13:20.000000+00:00","deleted_at":null,"language":"en","idp_id":"11111111-1111-1111-1111-111111111111",` +
	`"external_id":null,"personal_tenant_id":"a0000000-0000-4000-8000-000000000009","notifications":["quota","reports"],"mfa_status":"disabled"}`

// What recording adds to a request:
//
//	go test ./mock/internal/journal/record -run '^$' -bench Record
func BenchmarkRecordGet(b *testing.B) {
	benchmark(b, "getUser", http.MethodGet, "/api/2/users/"+ada, "")
}

func BenchmarkRecordPost(b *testing.B) {
	benchmark(b, "createUser", http.MethodPost, "/api/2/users", `{"tenant_id":"`+harbor+`","login":"ada","contact":{"email":"ada@harbor.example"}}`)
}

func benchmark(b *testing.B, id, method, target, body string) {
	b.Helper()
	w := world(b)
	ex := exchange(b, w, id, method, target, body)
	ex.Request.Header.Set("Authorization", "Bearer "+strings.Repeat("eyJhbGciOiJSUzI1NiJ9", 35))
	ex.Path = map[string]string{"user_id": ada}
	bare := answer(http.StatusOK, userJSON)
	for name, h := range map[string]op.Handler{"bare": bare, "recorded": op.Chain(bare, record.Requests, record.Actors)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				one := *ex
				_ = h(b.Context(), &one)
				record.Sent(&one, nil)
			}
		})
	}
}
