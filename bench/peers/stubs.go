package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// The route and the one user that is asked for. Every stub answers for any user, as the route has a parameter.
const (
	api    = "/api/2"
	route  = api + "/users/{id}"
	userID = "b0000000-0000-4000-8000-000000000001"
	asked  = api + "/users/" + userID
	typed  = "application/json; charset=utf-8"
)

type object = map[string]any

// write writes a file as JSON into the folder of the site.
func (s site) write(name string, content any) error {
	text, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("stub %s: %w", name, err)
	}
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("stub %s: %w", name, err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return fmt.Errorf("stub %s: %w", name, err)
	}
	return nil
}

func wiremockStub(s site) object {
	return object{
		"request":  object{"method": "GET", "urlPathTemplate": route},
		"response": object{"status": 200, "headers": object{"Content-Type": typed}, "body": string(s.body)},
	}
}

func mockserverStub(s site) []object {
	return []object{{
		"httpRequest": object{"method": "GET", "path": route, "pathParameters": object{"id": []string{".+"}}},
		"httpResponse": object{
			"statusCode": 200, "headers": object{"Content-Type": []string{typed}}, "body": string(s.body),
		},
	}}
}

// mockoonStub is an environment as the program writes it: it refuses files that lack a member.
func mockoonStub(s site) object {
	const environment, path, answer = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002",
		"00000000-0000-4000-8000-000000000003"
	response := object{
		"uuid": answer, "body": string(s.body), "latency": 0, "statusCode": 200, "label": "",
		"headers":  []object{{"key": "Content-Type", "value": typed}},
		"bodyType": "INLINE", "filePath": "", "databucketID": "", "sendFileAsBody": false, "rules": []object{},
		"rulesOperator": "OR", "disableTemplating": false, "fallbackTo404": false, "default": true, "crudKey": "id",
		"callbacks": []object{},
	}
	return object{
		"uuid": environment, "lastMigration": 33, "name": "peers", "port": s.port, "hostname": "127.0.0.1",
		"endpointPrefix": "", "latency": 0, "folders": []object{},
		"routes": []object{{
			"uuid": path, "type": "http", "documentation": "", "method": "get", "endpoint": "api/2/users/:id",
			"responses": []object{response}, "responseMode": nil,
		}},
		"rootChildren": []object{{"type": "route", "uuid": path}},
		"proxyMode":    false, "proxyHost": "", "proxyRemovePrefix": false,
		"tlsOptions": object{
			"enabled": false, "type": "CERT", "pfxPath": "", "certPath": "", "keyPath": "", "caPath": "", "passphrase": "",
		},
		"cors": false, "headers": []object{}, "proxyReqHeaders": []object{}, "proxyResHeaders": []object{},
		"data": []object{}, "callbacks": []object{},
	}
}

func mountebankStub(s site) object {
	return object{"imposters": []object{{
		"protocol": "http", "port": s.port, "host": "127.0.0.1",
		"stubs": []object{{
			"predicates": []object{
				{"equals": object{"method": "GET"}},
				{"matches": object{"path": "^" + api + "/users/[^/]+$"}},
			},
			"responses": []object{{"is": object{
				"statusCode": 200, "headers": object{"Content-Type": typed, "Connection": "Keep-Alive"}, "body": string(s.body),
			}}},
		}},
	}}}
}

// An openapi is an OpenAPI document. Mokapi takes a file for one only where its version comes first.
type openapi struct {
	Version string   `json:"openapi"`
	Info    object   `json:"info"`
	Servers []object `json:"servers"`
	Paths   object   `json:"paths"`
}

// mokapiStub has a schema that names the members: without it they come in any order.
func mokapiStub(s site) (openapi, error) {
	shape, err := schema(s.body)
	if err != nil {
		return openapi{}, err
	}
	content := object{"schema": shape, "example": json.RawMessage(s.body)}
	get := object{
		"parameters": []object{{"name": "id", "in": "path", "required": true, "schema": object{"type": "string"}}},
		"responses":  object{"200": object{"description": "the user", "content": object{"application/json": content}}},
	}
	return openapi{
		Version: "3.0.3",
		Info:    object{"title": "peers", "version": "1"},
		Servers: []object{{"url": "http://" + s.address() + api}},
		Paths:   object{"/users/{id}": object{"get": get}},
	}, nil
}
