# SPDX-License-Identifier: Apache-2.0
# Makes inet-ntop.txt and inet-pton.txt: python3 addresses.py OUTDIR
import random, socket, struct, sys
R=random.Random(7)
OUT=sys.argv[1]+'/'
def esc(s):
    if isinstance(s,bytes): s=s.decode('latin1')
    o=''
    for c in s:
        n=ord(c)
        if c=='\\': o+='\\\\'
        elif c=='\n': o+='\\n'
        elif 32<=n<127: o+=c
        else: o+='\\x%02x'%n
    return o
# addresses
def v6bytes():
    m=R.random()
    if m<.15: g=[0]*6+[R.choice([0,1,0x102,R.randrange(65536)]),R.choice([0,1,R.randrange(65536)])]
    elif m<.25: g=[0]*5+[0xffff]+[R.randrange(65536),R.randrange(65536)]
    elif m<.3: g=[0]*5+[R.randrange(65536)]+[R.randrange(65536),R.randrange(65536)]
    else: g=[R.choice([0,0,0,1,0xffff,0xabc,R.randrange(65536)]) for _ in range(8)]
    return struct.pack('>8H',*g)
with open(OUT+'inet-ntop.txt','w') as f:
    f.write("# Made by: python3's socket.inet_ntop (glibc 2.36), random addresses with many zero groups. Hex and text.\n")
    for _ in range(1500):
        b=v6bytes(); f.write(b.hex()+' '+socket.inet_ntop(socket.AF_INET6,b)+'\n')
def mutate(s):
    s=list(s)
    for _ in range(R.choice([0,0,1,1,2,3])):
        m=R.random(); i=R.randrange(len(s)+1)
        c=R.choice(list('0123456789abcdefABCDEF::::...') + ['g',' ','%','/','-','+','x','\u00b2'])
        if m<.4: s.insert(i,c)
        elif m<.7 and i<len(s): del s[i]
        elif i<len(s): s[i]=c
    return ''.join(s)
def t6():
    b=v6bytes(); m=R.random()
    if m<.4: return socket.inet_ntop(socket.AF_INET6,b)
    g=struct.unpack('>8H',b)
    parts=[R.choice(['%x','%X','%04x'])%x for x in g]
    if R.random()<.3: parts[6:]=[socket.inet_ntoa(b[12:])]
    if R.random()<.5:
        i=R.randrange(len(parts)); j=R.randrange(i,len(parts)+1)
        return ':'.join(parts[:i])+'::'+':'.join(parts[j:])
    return ':'.join(parts)
def t4(): return '.'.join(R.choice(['0','1','10','99','255','256','01','00','1000','']) if R.random()<.4 else str(R.randrange(256)) for _ in range(R.choice([4,4,4,4,3,5,1])))
with open(OUT+'inet-pton.txt','w') as f:
    f.write("# Made by: python3's socket.inet_pton (glibc 2.36), mutated addresses; IPv6 where there is a colon, else IPv4.\n# Text, a bar, and the bytes in hex, or - where it is refused. Bytes outside ASCII as \\xNN.\n")
    seen=set()
    for _ in range(6000):
        t=mutate(t6() if R.random()<.75 else t4())
        if t in seen or len(seen)>2500: continue
        seen.add(t)
        try: v=socket.inet_pton(socket.AF_INET6 if ':' in t else socket.AF_INET,t).hex()
        except (OSError,UnicodeError): v='-'
        f.write(esc(t)+'|'+v+'\n')
