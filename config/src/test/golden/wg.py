# SPDX-License-Identifier: Apache-2.0
# Makes wg-setconf.txt, wg-set-allowed-ips.txt and wg-set-listen-port.txt:
#   REFERENCE_BIN=DIR unshare -m -n sh -c 'mount -t tmpfs t /run && ip link set lo up && python3 wg.py OUTDIR'
from mock import *
import random, base64, socket, struct
R=random.Random(20260223)
OUT=sys.argv[1]+'/'
os.makedirs(OUT,exist_ok=True)
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
K=['xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=','TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=','yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=','A'*43+'=']
BADK=['short',K[0][:-1],K[0]+'=',K[0][:-2]+'B=','-'+K[0][1:],K[0][:-1]+'A']
def case(s):
    m=R.random()
    if m<.6: return s
    if m<.8: return s.lower()
    return ''.join(R.choice([c.lower(),c.upper()]) for c in s)
def blanks(s):
    if R.random()<.7: return s
    o=''
    for c in s:
        if R.random()<.15: o+=R.choice([' ','\t','\r','\v','\f','  '])
        o+=c
    return o
V4=lambda: '.'.join(str(R.choice([0,1,10,127,192,255,R.randrange(256)])) for _ in range(4))
def V6():
    b=b''.join(struct.pack('>H',R.choice([0,0,0,1,0xffff,0x2001,0xfe80,R.randrange(65536)])) for _ in range(8))
    return socket.inet_ntop(socket.AF_INET6,b)
def addr():
    m=R.random()
    if m<.45: return V4()
    if m<.9: return V6()
    return R.choice(['010.0.0.0','10.0.0','1.2.3.4.5','256.1.1.1','::1%lo','[::1]','example','','1:2:3','::ffff:1.2.3.4','1::2::3','fe80::'])
def prefix():
    s=R.choice(['','','','','','+','-','++']) if R.random()<.25 else ''
    a=addr()
    l=R.choice(['/32','/128','/0','/8','/24','/64','/08','','/33','/129','/','/a','/+8','/8/8','/0000000000000000000008','/4294967304']) if R.random()<.3 else R.choice(['/32','/0','/8','/24',''])
    return s+a+l
def ips(): return R.choice([', ',',']).join(prefix() for _ in range(R.choice([1,1,1,2,3])))
def mark(): return R.choice(['off','OFF','0','0x0','0xfF','010','0xffffffff','4294967295','4294967296','0x100000000','0x','0XFF','-1','5x','51820','0xca6c','00000000000000000001','0x00000000001','99999999999999999999999'])
def keep(): return R.choice(['off','Off','0','25','65535','025','65536','0x10','-1','25s','0000000000025','99999999999999999999'])
def port(): return R.choice(['51820','0','65535','65536','70000','010','+5','4294967376','1','00000000000000000000000000007'])
def ep():
    m=R.random()
    if m<.4: return V4()+':'+port()
    if m<.7: return '['+V6()+']:'+port()
    if m<.8: return V6()+':'+port()
    return R.choice(['1.2.3.4','1.2.3.4:','[::1]','[::1]5','[::1]:','[::1','[127.0.0.1]:5','[1.2.3.4:5'])
def line(sec):
    m=R.random()
    if m<.06: return R.choice(['','  ','# c','#[Peer]','; foo','Foo = 1','[Foo]','[Peer','Address = 10.0.0.1/8','ListenPort','AllowedIPs =','=','==','[]','ListenPort:5','DNS=1.1.1.1'])
    inp=sec=='p'
    if R.random()<.02: inp=not inp
    if inp:
        k,v=R.choice([('PublicKey',lambda:R.choice(K) if R.random()<.97 else R.choice(BADK)),('PresharedKey',lambda:R.choice(K) if R.random()<.97 else R.choice(BADK)),('AllowedIPs',ips),('AllowedIPs',ips),('Endpoint',ep),('PersistentKeepalive',keep)])
    else:
        k,v=R.choice([('ListenPort',port),('FwMark',mark),('PrivateKey',lambda:R.choice(K) if R.random()<.97 else R.choice(BADK))])
    s=blanks(case(k)+R.choice(['=',' = ','\t= ',' =']))+blanks(v())
    if R.random()<.1: s+=R.choice([' # c','#',' ;x','\0junk','\r'])
    return s
def text():
    out=[]; sec='n'
    if R.random()<.95:
        out.append(blanks(case('[Interface]'))); sec='i'
    for _ in range(R.choice([0,1,1,2,3])): out.append(line('i'))
    for _ in range(R.choice([0,1,1,2,3])):
        out.append(blanks(case('[Peer]')))
        if R.random()<.97: out.append('PublicKey = '+R.choice(K))
        for _ in range(R.choice([0,1,2,3])): out.append(line('p'))
        if R.random()<.05: out+=[case('[Interface]'),line('i')]
    s='\n'.join(out)
    if R.random()<.8: s+='\n'
    if R.random()<.01: s='\xef\xbb\xbf'+s
    return s
n=0
bad=0
with open(OUT+'wg-setconf.txt','w') as f:
    f.write('# Made by: wg setconf m0 FILE and wg addconf m0 FILE (wireguard-tools 1.0.20260223, Debian 12) against a mock UAPI\n# socket, over files from a seeded generator. Three lines a case: command and file, standard error, what was sent\n# (the lines after set=1). Bytes outside ASCII, newlines and backslashes are escaped as \\xNN, \\n, \\\\.\n')
    while n<400:
        t=text()
        cmd='setconf' if n%2 else 'addconf'
        rc,o,e,s=conf(cmd,t)
        if ('ai_socktype' in e): continue
        # a third at most are refused
        if rc and bad*2>n: continue
        bad+=rc!=0
        assert (rc==0)==bool(s), (t,rc,e,s)
        s=s[len('set=1\n'):-1] if s else '-'
        f.write(cmd+' '+esc(t)+'\n'+esc(e)+'\n'+esc(s)+'\n'); n+=1
print('bad',bad,'of',n)
# set words: allowed-ips, endpoints as one word
with open(OUT+'wg-set-allowed-ips.txt','w') as f:
    f.write('# Made by: wg set m0 peer K1 allowed-ips LIST (wireguard-tools 1.0.20260223) against a mock UAPI socket, seeded lists.\n# Three lines a case: list, standard error, what was sent after the public key (- for nothing).\n')
    for i in range(300):
        t=blanks(ips()) if i else ''
        rc,o,e,s=wg('set','m0','peer',K[0],'allowed-ips',t)
        assert (rc==0)==bool(s)
        f.write(esc(t)+'\n'+esc(e)+'\n'+(esc(s.split('\n',2)[2][:-1]) if s else '-')+'\n')
with open(OUT+'wg-set-listen-port.txt','w') as f:
    f.write('# Made by: wg set m0 listen-port PORT (wireguard-tools 1.0.20260223, glibc 2.36) against a mock UAPI socket.\n# A word and the port that was sent (- where it was refused as a service name nobody knows), separated by a bar.\n')
    words=['-1','-0','-4294967216','2147483648','2147483647','4294967295','4294967376','18446744073709551615','18446744073709551616','18446744073709551696','-18446744073709551615','-18446744069414584336','-18446744073709486080','00','+0',' ','+','-',' +5','+ 5','5 ','\t5','\v5','5\n','0x50','50a','0'*40+'7','1'*19,'1'*20,'1'*21]
    for _ in range(300):
        w=R.choice(['',' ','+','-','  -',''])+R.choice(['','0','000'])+str(R.randrange(10**R.randrange(1,22)))+R.choice(['','','','','','x',' '])
        words.append(w)
    for w in words:
        rc,o,e,s=wg('set','m0','listen-port',w)
        if rc: assert e=="Servname not supported for ai_socktype: `%s'\n"%w,(w,e)
        f.write(esc(w)+'|'+(s.split('\n')[1].split('=')[1] if s else '-')+'\n')
