package ldap

import (
	ber "github.com/go-asn1-ber/asn1-ber"

	"dirdesk/simulator/directory"
)

// The controls that are known.
const (
	oidPaged        = "1.2.840.113556.1.4.319"
	oidSDFlags      = "1.2.840.113556.1.4.801"
	oidShowDeleted  = "1.2.840.113556.1.4.417"
	oidShowRecycled = "1.2.840.113556.1.4.2064"
	oidTreeDelete   = "1.2.840.113556.1.4.805"
	oidPermissive   = "1.2.840.113556.1.4.1413"
	oidSort         = "1.2.840.113556.1.4.473"
	oidSortAnswer   = "1.2.840.113556.1.4.474"
	oidDomainScope  = "1.2.840.113556.1.4.1339"
	oidSearchOption = "1.2.840.113556.1.4.1340"
	oidLazyCommit   = "1.2.840.113556.1.4.619"
	oidExtendedDN   = "1.2.840.113556.1.4.529"
	oidPolicyHints  = "1.2.840.113556.1.4.2239"
	oidOldHints     = "1.2.840.113556.1.4.2066"
	oidManageDSAIT  = "2.16.840.1.113730.3.4.2"
)

func supportedControls() []string {
	return []string{
		oidPaged, oidSDFlags, oidShowDeleted, oidShowRecycled, oidTreeDelete, oidPermissive, oidSort,
		oidDomainScope, oidSearchOption, oidLazyCommit, oidManageDSAIT, oidExtendedDN, oidPolicyHints, oidOldHints,
	}
}

// controls are what a request was sent with.
type controls struct {
	paged       *paging
	sort        *sortKey
	parts       int // of a security descriptor; 0: not asked for
	deleted     bool
	tree        bool
	permissive  bool
	domainScope bool
	hinted      bool               // a reset is held to history and minimum age
	extended    directory.NameForm // of names in answers
	unknown     string             // a critical one that is not known
}

type paging struct {
	size   int
	cookie string
}

type sortKey struct {
	attribute string
	reverse   bool
}

func controlsOf(packet *ber.Packet) (sent controls, ok bool) {
	if len(packet.Children) < 3 {
		return sent, true
	}
	for _, child := range packet.Children[2].Children {
		oid, critical, value, ok := controlParts(child)
		if !ok || !sent.take(oid, critical, value) {
			return sent, false
		}
	}
	return sent, true
}

// controlParts takes one control apart.
func controlParts(p *ber.Packet) (oid string, critical bool, value []byte, ok bool) {
	if len(p.Children) == 0 {
		return "", false, nil, false
	}
	oid, ok = stringOf(p.Children[0])
	for _, child := range p.Children[1:] {
		switch child.Tag {
		case ber.TagBoolean:
			critical, _ = child.Value.(bool)
		case ber.TagOctetString:
			value = child.Data.Bytes()
		}
	}
	return oid, critical, value, ok
}

// take notes one control; false when its value cannot be read.
func (c *controls) take(oid string, critical bool, value []byte) bool {
	switch oid {
	case oidShowDeleted, oidShowRecycled:
		c.deleted = true
	case oidTreeDelete:
		c.tree = true
	case oidPermissive:
		c.permissive = true
	case oidDomainScope:
		c.domainScope = true
	case oidSearchOption, oidLazyCommit, oidManageDSAIT:
	case oidExtendedDN:
		c.extended = directory.ExtendedHex
		if p, err := decode(value); err == nil && len(p.Children) == 1 && p.Children[0].Value == int64(1) {
			c.extended = directory.ExtendedText
		}
	case oidPolicyHints, oidOldHints:
		p, err := decode(value)
		if err != nil || len(p.Children) != 1 {
			return false
		}
		c.hinted = p.Children[0].Value == int64(1)
	case oidPaged, oidSDFlags, oidSort:
		p, err := decode(value)
		if err != nil {
			return false
		}
		return c.takeValue(oid, p)
	default:
		if critical {
			c.unknown = oid
		}
	}
	return true
}

func (c *controls) takeValue(oid string, p *ber.Packet) bool {
	switch oid {
	case oidSDFlags:
		if len(p.Children) != 1 {
			return false
		}
		n, ok := p.Children[0].Value.(int64)
		c.parts = int(n & 0xf)
		return ok
	case oidPaged:
		if len(p.Children) != 2 {
			return false
		}
		size, ok := p.Children[0].Value.(int64)
		cookie, isText := stringOf(p.Children[1])
		c.paged = &paging{size: int(size), cookie: cookie}
		return ok && isText && size >= 0 && size <= 1<<31-1
	default:
		if len(p.Children) == 0 || len(p.Children[0].Children) == 0 {
			return false
		}
		name, ok := stringOf(p.Children[0].Children[0])
		c.sort = &sortKey{attribute: name}
		for _, child := range p.Children[0].Children[1:] {
			if child.ClassType == ber.ClassContext && child.Tag == 1 {
				flag := child.Data.Bytes()
				c.sort.reverse = len(flag) == 1 && flag[0] != 0
			}
		}
		return ok
	}
}

// stringOf is the text of an octet string, whatever its tag.
func stringOf(p *ber.Packet) (string, bool) {
	if p.TagType != ber.TypePrimitive {
		return "", false
	}
	return p.Data.String(), true
}
